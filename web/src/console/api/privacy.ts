// What people ask about their own data.
import { answer, api } from "./client";
import type { PrivacyWhich } from "./types";

const at = (reference: string) => ({ path: { reference } });

export const privacy = {
  list: (which: PrivacyWhich, cursor: string | null) =>
    answer(
      api.GET("/api/v1/privacy", { params: { query: { which, ...(cursor === null ? {} : { cursor }) } } }),
    ),
  one: (reference: string) => answer(api.GET("/api/v1/privacy/{reference}", { params: at(reference) })),
  erase: (reference: string) =>
    answer(api.POST("/api/v1/privacy/{reference}/erase", { params: at(reference) })),
  answer: (reference: string, words: string) =>
    answer(api.POST("/api/v1/privacy/{reference}/answer", { params: at(reference), body: { words } })),
  refuse: (reference: string, words: string) =>
    answer(api.POST("/api/v1/privacy/{reference}/refuse", { params: at(reference), body: { words } })),
};
