import { describe, expect, it } from "vitest";
import type { BoardRow } from "../../api/types";
import { pointsOf, toneOf } from "./style";

const report = (id: string, lat: number | null, state: string | null) =>
  ({ id, lat, lon: -91.1, clock: state && { due_at: 0, state } }) as BoardRow;

describe("the map", () => {
  it("shows what has a pin, and marks the chosen one", () => {
    const { features } = pointsOf([report("a", 18.9, "late"), report("b", null, "late")], "a");
    expect(features.map(({ properties }) => properties)).toEqual([{ id: "a", tone: "late", chosen: true }]);
  });

  it("tells the tones apart", () => {
    expect(["late", "at_risk", "running", "met", null].map((state) => toneOf(report("a", 1, state)))).toEqual(
      ["late", "at_risk", "running", "other", "other"],
    );
  });
});
