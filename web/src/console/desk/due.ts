// Whether an answer or a call is late, or soon will be. Pure: the server says when, the page's clock does the rest.
import type { ChatRow } from "../api/types";

export type Lateness = "ok" | "at_risk" | "missed";

type Times = Pick<ChatRow, "due_at" | "at_risk_at" | "call_at">;

export function lateness({ due_at, at_risk_at }: Times, now: number): Lateness {
  if (due_at === null || now < (at_risk_at ?? due_at)) return "ok";
  return now <= due_at ? "at_risk" : "missed";
}

/** Whether it is a call that is due, and not an answer. */
export function isCall({ due_at, call_at }: Times): boolean {
  return call_at !== null && call_at === due_at;
}

/** The value of a field of type datetime-local, in the computer's own time: 2026-11-24T10:30. */
export function fieldTime(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** What such a field holds; null while it is not a whole moment. */
export function momentOf(field: string): number | null {
  const at = new Date(field).getTime();
  return field === "" || Number.isNaN(at) ? null : at;
}

const HOUR_MS = 3_600_000;

/** The next full hour that is at least an hour away: what is offered for a call. */
export function nextCall(now: number): number {
  return Math.ceil((now + HOUR_MS) / HOUR_MS) * HOUR_MS;
}
