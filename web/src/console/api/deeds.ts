// The requests of what an agent does from a chat, beside answering.
import { answer, api, token } from "./client";
import { Problem, problemFrom } from "./problem";
import type { AppendReport, FileReport, Lend, NewBlock, SendTemplate, TakenIn, Teach } from "./types";

const byId = (id: string) => ({ params: { path: { id } } });

export const deeds = {
  templates: (id: string) => answer(api.GET("/api/v1/desk/chats/{id}/templates", byId(id))),
  sendTemplate: (id: string, body: SendTemplate) =>
    answer(api.POST("/api/v1/desk/chats/{id}/templates", { ...byId(id), body })),
  reportForm: (id: string, lang: string) =>
    answer(api.GET("/api/v1/desk/chats/{id}/report", { params: { path: { id }, query: { lang } } })),
  fileReport: (id: string, body: FileReport) =>
    answer(api.POST("/api/v1/desk/chats/{id}/report", { ...byId(id), body })),
  appendReport: (id: string, body: AppendReport) =>
    answer(api.POST("/api/v1/desk/chats/{id}/report/append", { ...byId(id), body })),
  lend: (id: string, body: Lend) => answer(api.POST("/api/v1/desk/chats/{id}/lend", { ...byId(id), body })),
  block: (id: string, body: NewBlock) =>
    answer(api.POST("/api/v1/desk/chats/{id}/block", { ...byId(id), body })),
  blocks: () => answer(api.GET("/api/v1/desk/blocks")),
  unblock: (id: string) => answer(api.DELETE("/api/v1/desk/blocks/{id}", byId(id))),
  intents: (lang: string) => answer(api.GET("/api/v1/desk/intents", { params: { query: { lang } } })),
  teach: (id: string, body: Teach) =>
    answer(api.POST("/api/v1/desk/chats/{id}/teach", { ...byId(id), body })),
};

/** Brings a file for a chat. `onShare` hears how much of it is there (0 to 1): fetch does not tell. */
export function bringFile(
  chat: string,
  file: File,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<TakenIn> {
  return new Promise((done, refused) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/desk/chats/${encodeURIComponent(chat)}/files`);
    request.setRequestHeader("x-csrf-token", token());
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 200) done(request.response as TakenIn);
      else refused(problemFrom(request.status, request.response));
    };
    request.onerror = () => refused(new Problem(0, "unreachable"));
    signal.addEventListener("abort", () => request.abort());
    const form = new FormData();
    form.append("file", file, file.name);
    request.send(form);
  });
}
