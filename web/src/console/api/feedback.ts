// Ideas, complaints and what people think of places.
import { answer, api } from "./client";
import type { FeedbackChange, FeedbackFilter } from "./types";

export const feedback = {
  list: (filter: FeedbackFilter, cursor: string | null) =>
    answer(
      api.GET("/api/v1/feedback", {
        params: { query: { ...filter, ...(cursor === null ? {} : { cursor }) } },
      }),
    ),
  change: (reference: string, body: FeedbackChange) =>
    answer(api.PATCH("/api/v1/feedback/{reference}", { params: { path: { reference } }, body })),
};
