// The requests of the desk.
import { answer, api } from "./client";
import type {
  Approval,
  Askable,
  CallMade,
  Claim,
  Close,
  GiveBack,
  NewCall,
  Queue,
  ReplyText,
  Status,
  Transfer,
  WithdrawCall,
} from "./types";

export const EVENTS_URL = "/api/v1/desk/events";

export const mediaUrl = (id: string) => `/api/v1/desk/media/${encodeURIComponent(id)}`;

const byId = (id: string) => ({ params: { path: { id } } });
const byPerson = (person: string) => ({ params: { path: { person } } });
const byProposal = (id: string, proposal: string) => ({ params: { path: { id, proposal } } });

export const desk = {
  chats: (queue: Queue, cursor: string | null) =>
    answer(
      api.GET("/api/v1/desk/chats", {
        params: { query: { queue, limit: 50, ...(cursor === null ? {} : { cursor }) } },
      }),
    ),
  chat: (id: string) => answer(api.GET("/api/v1/desk/chats/{id}", byId(id))),
  crisis: (id: string, lang: string) =>
    answer(api.GET("/api/v1/desk/chats/{id}/crisis", { params: { path: { id }, query: { lang } } })),
  answerCrisis: (id: string, lang: string) =>
    answer(api.POST("/api/v1/desk/chats/{id}/crisis", { params: { path: { id }, query: { lang } } })),
  claim: (id: string, body: Claim) =>
    answer(api.POST("/api/v1/desk/chats/{id}/claim", { ...byId(id), body })),
  send: (id: string, body: { version: number; text: string; attachment?: string; described?: string }) =>
    answer(api.POST("/api/v1/desk/chats/{id}/messages", { ...byId(id), body })),
  undo: (id: string, line: string) =>
    answer(api.DELETE("/api/v1/desk/chats/{id}/messages/{line}", { params: { path: { id, line } } })),
  ask: (id: string, body: { version: number; what: Askable }) =>
    answer(api.POST("/api/v1/desk/chats/{id}/ask", { ...byId(id), body })),
  note: (id: string, text: string) =>
    answer(api.POST("/api/v1/desk/chats/{id}/notes", { ...byId(id), body: { text } })),
  whisper: (id: string, text: string) =>
    answer(api.POST("/api/v1/desk/chats/{id}/whispers", { ...byId(id), body: { text } })),
  approve: (id: string, proposal: string, body: Approval) =>
    answer(
      api.POST("/api/v1/desk/chats/{id}/proposals/{proposal}/approve", {
        ...byProposal(id, proposal),
        body,
      }),
    ),
  giveBack: (id: string, proposal: string, body: GiveBack) =>
    answer(
      api.POST("/api/v1/desk/chats/{id}/proposals/{proposal}/return", {
        ...byProposal(id, proposal),
        body,
      }),
    ),
  withdraw: (id: string, proposal: string) =>
    answer(api.DELETE("/api/v1/desk/chats/{id}/proposals/{proposal}", byProposal(id, proposal))),
  talks: (cursor: string | null) =>
    answer(
      api.GET("/api/v1/desk/talks", {
        params: { query: { limit: 50, ...(cursor === null ? {} : { cursor }) } },
      }),
    ),
  talk: (person: string) => answer(api.GET("/api/v1/desk/talks/{person}", byPerson(person))),
  join: (person: string, reason: string) =>
    answer(api.POST("/api/v1/desk/talks/{person}/join", { ...byPerson(person), body: { reason } })),
  transfer: (id: string, body: Transfer) =>
    answer(api.POST("/api/v1/desk/chats/{id}/transfer", { ...byId(id), body })),
  close: (id: string, body: Close) =>
    answer(api.POST("/api/v1/desk/chats/{id}/close", { ...byId(id), body })),
  planCall: (id: string, body: NewCall) =>
    answer(api.POST("/api/v1/desk/chats/{id}/callback", { ...byId(id), body })),
  withdrawCall: (id: string, body: WithdrawCall) =>
    answer(api.POST("/api/v1/desk/chats/{id}/callback/withdraw", { ...byId(id), body })),
  callMade: (id: string, body: CallMade) =>
    answer(api.POST("/api/v1/desk/chats/{id}/callback/made", { ...byId(id), body })),
  present: (id: string, typing: boolean) =>
    answer(api.POST("/api/v1/desk/chats/{id}/presence", { ...byId(id), body: { typing } })),
  leave: (id: string) => answer(api.DELETE("/api/v1/desk/chats/{id}/presence", byId(id))),
  flows: (lang: string) => answer(api.GET("/api/v1/desk/flows", { params: { query: { lang } } })),
  colleagues: () => answer(api.GET("/api/v1/desk/colleagues")),
  supervise: (id: string, supervised: boolean) =>
    answer(api.PUT("/api/v1/desk/colleagues/{id}/supervised", { ...byId(id), body: { supervised } })),
  setStatus: (status: Status) => answer(api.PUT("/api/v1/desk/status", { body: { status } })),
  replies: (q: string) =>
    answer(api.GET("/api/v1/desk/replies", { params: { query: q === "" ? {} : { q } } })),
  makeReply: (body: ReplyText) => answer(api.POST("/api/v1/desk/replies", { body })),
  changeReply: (id: string, body: ReplyText) =>
    answer(api.PUT("/api/v1/desk/replies/{id}", { ...byId(id), body })),
  removeReply: (id: string) => answer(api.DELETE("/api/v1/desk/replies/{id}", byId(id))),
  preview: (chat: string, text: string) => answer(api.POST("/api/v1/desk/preview", { body: { chat, text } })),
  figures: (days: number) => answer(api.GET("/api/v1/desk/stats", { params: { query: { days } } })),
};
