import { describe, expect, it } from "vitest";
import { fieldTime, isCall, lateness, momentOf, nextCall } from "./due";

const TIMES = { due_at: 1000, at_risk_at: 750, call_at: null };

describe("what is due", () => {
  it("is at risk first and missed afterwards", () => {
    expect([749, 750, 1000, 1001].map((now) => lateness(TIMES, now))).toEqual([
      "ok",
      "at_risk",
      "at_risk",
      "missed",
    ]);
  });

  it("is nothing where nothing was promised", () => {
    expect(lateness({ due_at: null, at_risk_at: null, call_at: null }, 5)).toBe("ok");
  });

  it("is a call where the call is what is due", () => {
    expect(isCall({ ...TIMES, call_at: 1000 })).toBe(true);
    expect(isCall({ ...TIMES, call_at: 2000 })).toBe(false);
    expect(isCall(TIMES)).toBe(false);
  });
});

describe("the time of a call", () => {
  it("survives its field", () => {
    const at = new Date(2026, 10, 24, 10, 30).getTime();
    expect(fieldTime(at)).toBe("2026-11-24T10:30");
    expect(momentOf(fieldTime(at))).toBe(at);
    expect([momentOf(""), momentOf("mañana")]).toEqual([null, null]);
  });

  it("is offered on the hour, and not at once", () => {
    const now = new Date(2026, 10, 24, 10, 20).getTime();
    expect(fieldTime(nextCall(now))).toBe("2026-11-24T12:00");
  });
});
