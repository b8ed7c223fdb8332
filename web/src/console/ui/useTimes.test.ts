import { describe, expect, it } from "vitest";
import { dayOf } from "./useTimes";

describe("the day of a moment", () => {
  const at = Date.UTC(2026, 10, 24, 4, 30);

  it("is the town's, not the computer's", () => {
    expect(dayOf(at, "America/Merida")).toBe(dayOf(at, "UTC") - 1);
    expect(dayOf(at, "Asia/Tokyo")).toBe(dayOf(at, "UTC"));
  });

  it("is the next one a day later, also when the clock was changed", () => {
    const before = Date.UTC(2026, 2, 8, 5, 30);
    expect(dayOf(before + 86_400_000, "America/New_York")).toBe(dayOf(before, "America/New_York") + 1);
  });
});
