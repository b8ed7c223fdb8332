// How long a citizen waits, and how bad that is. Pure.

export const LONG_MS = 5 * 60_000;
export const VERY_LONG_MS = 15 * 60_000;

export type Patience = "calm" | "long" | "very_long";

/** The desk's promise: an answer within 5 minutes; after 15 it is urgent. */
export function patience(waitedMs: number): Patience {
  if (waitedMs > VERY_LONG_MS) return "very_long";
  return waitedMs > LONG_MS ? "long" : "calm";
}

export type Span =
  | { unit: "lessThanMinute" }
  | { unit: "minutes"; count: number }
  | { unit: "hours"; hours: number; minutes: number }
  | { unit: "days"; count: number };

/** A span of time in the words that people use; clocks that disagree never give a negative one. */
export function span(ms: number): Span {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  if (minutes < 1) return { unit: "lessThanMinute" };
  if (minutes < 60) return { unit: "minutes", count: minutes };
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return { unit: "hours", hours, minutes: minutes % 60 };
  return { unit: "days", count: Math.floor(hours / 24) };
}
