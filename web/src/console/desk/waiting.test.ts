import { describe, expect, it } from "vitest";
import { patience, span } from "./waiting";

const MINUTE = 60_000;

describe("a wait", () => {
  it("is long after five minutes and urgent after fifteen", () => {
    expect(patience(5 * MINUTE)).toBe("calm");
    expect(patience(5 * MINUTE + 1)).toBe("long");
    expect(patience(15 * MINUTE)).toBe("long");
    expect(patience(15 * MINUTE + 1)).toBe("very_long");
  });

  it("is said in minutes, then hours, then days", () => {
    expect(span(59_999)).toEqual({ unit: "lessThanMinute" });
    expect(span(MINUTE)).toEqual({ unit: "minutes", count: 1 });
    expect(span(125 * MINUTE)).toEqual({ unit: "hours", hours: 2, minutes: 5 });
    expect(span(49 * 60 * MINUTE)).toEqual({ unit: "days", count: 2 });
  });

  it("is never negative where the clocks disagree", () => {
    expect(span(-5 * MINUTE)).toEqual({ unit: "lessThanMinute" });
  });
});
