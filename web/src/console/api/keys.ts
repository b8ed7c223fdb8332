// The names under which answers are kept (react-query). What an event touches is told by these (events/effects.ts).
import type { Queue } from "./types";

export const KEYS = {
  me: ["me"],
  sessions: ["me", "sessions"],
  identity: ["me", "identity"],
  provider: ["provider"],
  chats: ["desk", "chats"],
  queue: (queue: Queue) => ["desk", "chats", queue],
  counts: ["desk", "counts"],
  chat: (id: string) => ["desk", "chat", id],
  colleagues: ["desk", "colleagues"],
  flows: (lang: string) => ["desk", "flows", lang],
  replies: ["desk", "replies"],
  repliesWith: (q: string) => ["desk", "replies", q],
  preview: (chat: string, text: string) => ["desk", "preview", chat, text],
  figures: (days: number) => ["desk", "figures", days],
  staff: ["staff"],
  invitations: ["staff", "invitations"],
  invitation: (token: string) => ["invitation", token],
  departments: (lang: string) => ["departments", lang],
  audit: (filter: object) => ["audit", filter],
  keys: ["keys"],
} as const;
