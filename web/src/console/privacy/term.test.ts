import { describe, expect, it } from "vitest";
import { termOf } from "./term";

const OPEN = { kind: "access", state: "open", days_left: 30, overdue: false, decided_at: null } as const;

describe("the term of a request", () => {
  it("is calm, then near, then the last day, then over", () => {
    expect(termOf(OPEN)).toEqual({ tone: "", word: "left", days: 30 });
    expect(termOf({ ...OPEN, days_left: 7 })).toEqual({ tone: "late", word: "left", days: 7 });
    expect(termOf({ ...OPEN, days_left: 0 })).toEqual({ tone: "bad", word: "today" });
    expect(termOf({ ...OPEN, days_left: -3, overdue: true })).toEqual({
      tone: "bad",
      word: "overdue",
      days: 3,
    });
  });

  it("is over for good once it was decided, however late", () => {
    const decided = { ...OPEN, days_left: null, decided_at: 5 };
    expect(termOf({ ...decided, state: "done" })).toEqual({ tone: "good", word: "done", at: 5 });
    expect(termOf({ ...decided, state: "done", kind: "erase" })).toMatchObject({ word: "erased" });
    expect(termOf({ ...decided, state: "refused" })).toEqual({ tone: "", word: "refused", at: 5 });
  });
});
