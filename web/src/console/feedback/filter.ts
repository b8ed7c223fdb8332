// What the page asks for, and what an entry shows in the place of words that are not there. Pure.
import type { FeedbackEntry, FeedbackFilter } from "../api/types";

export const KINDS = ["idea", "complaint", "review"] as const satisfies readonly FeedbackEntry["kind"][];
export const STATES = ["unread", "read"] as const satisfies readonly FeedbackFilter["state"][];

export type KindChoice = (typeof KINDS)[number] | "all";
export type StateChoice = (typeof STATES)[number];

export function filterOf(kind: KindChoice, state: StateChoice): FeedbackFilter {
  return kind === "all" ? { state } : { kind, state };
}

/** An idea or a complaint always had words; a rating may have come without. */
export function missingWords({ kind, said }: Pick<FeedbackEntry, "kind" | "said">) {
  if (said !== null) return null;
  return kind === "review" ? "feedback.noWords" : "feedback.erased";
}
