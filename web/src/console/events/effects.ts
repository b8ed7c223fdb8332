// What an event of the desk means for the page: which answers to fetch anew, and what to tell. Pure; live.ts does it.
import { KEYS } from "../api/keys";
import type { Viewer } from "../api/types";

export interface Effects {
  /** Keys of answers that are no longer true. */
  stale: readonly (readonly unknown[])[];
  /** The lists and their counters changed: asked for seldom, everybody hears it at once. */
  lists?: true;
  viewers?: { chat: string; viewers: Viewer[] };
  /** Talks of the assistant with these people changed. */
  talks?: readonly string[];
  /** A supervisor whispers in this chat. */
  whispered?: string;
  /** Somebody joined the queue. */
  arrived?: { id: string; crisis: boolean };
  /** The session ended. */
  ended?: true;
}

export const EVENTS = ["chat", "queue", "presence", "new", "talks", "whisper", "reports", "bye"] as const;
export type EventName = (typeof EVENTS)[number];

const NOTHING: Effects = { stale: [] };

export function effectsOf(name: EventName, data: unknown): Effects {
  const said = (typeof data === "object" && data !== null ? data : {}) as Record<string, unknown>;
  switch (name) {
    case "chat":
      return typeof said.id === "string"
        ? { stale: [KEYS.chat(said.id)], lists: true }
        : { stale: [], lists: true };
    case "queue":
      return { stale: [], lists: true };
    case "presence":
      if (typeof said.chat !== "string" || !Array.isArray(said.viewers)) return NOTHING;
      return { stale: [], viewers: { chat: said.chat, viewers: said.viewers as Viewer[] } };
    case "new":
      if (typeof said.id !== "string") return { stale: [], lists: true };
      return { stale: [], lists: true, arrived: { id: said.id, crisis: said.priority === "crisis" } };
    case "talks": {
      const people: unknown[] = Array.isArray(said.people) ? said.people : [];
      return { stale: [], lists: true, talks: people.filter((person) => typeof person === "string") };
    }
    case "whisper":
      if (typeof said.chat !== "string") return NOTHING;
      return { stale: [KEYS.chat(said.chat)], whispered: said.chat };
    case "reports":
      return { stale: [KEYS.board] };
    case "bye":
      return { stale: [], ended: true };
  }
}

/** After a connection was lost, whatever is shown may be old. */
export const AFTER_RECONNECT: Effects = { stale: [["desk"], KEYS.board] };
