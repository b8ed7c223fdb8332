// The requests of the training inbox.
import { answer, api } from "./client";
import type { ExampleState, Review } from "./types";

export const EXPORT_URL = "/api/v1/training/export";

export const training = {
  list: (state: ExampleState, lang: string, cursor: string | null) =>
    answer(
      api.GET("/api/v1/training", {
        params: { query: { state, lang, ...(cursor === null ? {} : { cursor }) } },
      }),
    ),
  review: (id: string, body: Review) =>
    answer(api.PATCH("/api/v1/training/{id}", { params: { path: { id } }, body })),
  explain: (text: string, lang: string) =>
    answer(api.POST("/api/v1/training/explain", { params: { query: { lang } }, body: { text } })),
  intents: (lang: string) => answer(api.GET("/api/v1/training/intents", { params: { query: { lang } } })),
};
