// How much time the law leaves for a request, as a sign shows it. Pure: the server counts the days.
import type { PrivacyRow } from "../api/types";

export type Tone = "good" | "late" | "bad" | "";

export type Term =
  | { tone: Tone; word: "overdue" | "left"; days: number }
  | { tone: Tone; word: "today" }
  | { tone: Tone; word: "done" | "erased" | "refused"; at: number };

/** Days before the end from which a request stands out: a working week. */
const SOON_DAYS = 7;

type Timed = Pick<PrivacyRow, "kind" | "state" | "days_left" | "overdue" | "decided_at">;

export function termOf({ kind, state, days_left, overdue, decided_at }: Timed): Term {
  if (state === "refused") return { tone: "", word: "refused", at: decided_at ?? 0 };
  if (state === "done")
    return { tone: "good", word: kind === "erase" ? "erased" : "done", at: decided_at ?? 0 };
  const days = days_left ?? 0;
  if (overdue) return { tone: "bad", word: "overdue", days: Math.max(1, -days) };
  if (days <= 0) return { tone: "bad", word: "today" };
  return { tone: days <= SOON_DAYS ? "late" : "", word: "left", days };
}
