// The requests of the board of reports.
import { answer, api, token } from "./client";
import { Problem, problemFrom } from "./problem";
import type {
  AcceptIncident,
  BoardFilter,
  BoardSeen,
  Brought,
  NewAssignment,
  NewMerge,
  NewMove,
  NewReportNote,
  NewRoute,
} from "./types";

const byId = (id: string) => ({ params: { path: { id } } });
const byPhoto = (id: string, photo: string) => ({ params: { path: { id, photo } } });

export const board = {
  list: (filter: BoardFilter, cursor: string | null) =>
    answer(
      api.GET("/api/v1/board/reports", {
        params: { query: { ...filter, limit: 50, ...(cursor === null ? {} : { cursor }) } },
      }),
    ),
  counts: () => answer(api.GET("/api/v1/board/counts")),
  form: (lang: string) => answer(api.GET("/api/v1/board/form", { params: { query: { lang } } })),
  colleagues: () => answer(api.GET("/api/v1/board/colleagues")),
  points: (filter: BoardFilter, seen: BoardSeen) =>
    answer(api.GET("/api/v1/board/points", { params: { query: { ...filter, ...seen } } })),
  shapes: () => answer(api.GET("/api/v1/board/map")),
  report: (id: string, lang: string) =>
    answer(api.GET("/api/v1/board/reports/{id}", { params: { path: { id }, query: { lang } } })),
  move: (id: string, body: NewMove) =>
    answer(api.POST("/api/v1/board/reports/{id}/move", { ...byId(id), body })),
  assign: (id: string, body: NewAssignment) =>
    answer(api.POST("/api/v1/board/reports/{id}/assign", { ...byId(id), body })),
  note: (id: string, body: NewReportNote) =>
    answer(api.POST("/api/v1/board/reports/{id}/notes", { ...byId(id), body })),
  merge: (id: string, body: NewMerge) =>
    answer(api.POST("/api/v1/board/reports/{id}/merge", { ...byId(id), body })),
  apart: (id: string, version: number) =>
    answer(api.POST("/api/v1/board/reports/{id}/apart", { ...byId(id), body: { version } })),
  moderateText: (id: string, body: { version: number; text: string; shown: boolean }) =>
    answer(api.PUT("/api/v1/board/reports/{id}/text", { ...byId(id), body })),
  moderatePhoto: (id: string, photo: string, body: { version: number; shown: boolean }) =>
    answer(api.PATCH("/api/v1/board/reports/{id}/photos/{photo}", { ...byPhoto(id, photo), body })),
  withdrawPhoto: (id: string, photo: string) =>
    answer(api.DELETE("/api/v1/board/reports/{id}/photos/{photo}", byPhoto(id, photo))),
  incidents: (lang: string) => answer(api.GET("/api/v1/board/incidents", { params: { query: { lang } } })),
  acceptIncident: (body: AcceptIncident) => answer(api.POST("/api/v1/board/incidents/accept", { body })),
  dismissIncident: (reports: string[]) =>
    answer(api.POST("/api/v1/board/incidents/dismiss", { body: { reports } })),
  route: (body: NewRoute) => answer(api.POST("/api/v1/board/route", { body })),
};

export function photoUrl(report: string, photo: string, small = false): string {
  return `/api/v1/board/reports/${report}/photos/${photo}${small ? "?small=true" : ""}`;
}

export function exportUrl(filter: BoardFilter): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(filter)) if (value) query.set(key, String(value));
  return `/api/v1/board/export?${query}`;
}

/** Brings a photo of the work. `onShare` hears how much of it is there (0 to 1): fetch does not tell. */
export function bringPhoto(report: string, file: File, onShare: (share: number) => void): Promise<Brought> {
  return new Promise((done, refused) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/board/reports/${encodeURIComponent(report)}/photos`);
    request.setRequestHeader("x-csrf-token", token());
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 200) done(request.response as Brought);
      else refused(problemFrom(request.status, request.response));
    };
    request.onerror = () => refused(new Problem(0, "unreachable"));
    const form = new FormData();
    form.append("file", file, file.name);
    request.send(form);
  });
}
