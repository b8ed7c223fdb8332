import type { FeatureCollection } from "geojson";
import { describe, expect, it } from "vitest";
import type { BoardRow } from "../../api/types";
import { boundsOf, pointsOf, toneOf } from "./style";

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

  it("holds all that is drawn", () => {
    const ring = [
      [
        [
          [-91.2, 18.8],
          [-91.0, 18.8],
          [-91.0, 18.9],
          [-91.2, 18.8],
        ],
      ],
    ];
    const shape = { type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates: ring } };
    const shapes = { type: "FeatureCollection", features: [shape] } as FeatureCollection;
    expect(boundsOf(shapes)).toEqual([-91.2, 18.8, -91.0, 18.9]);
    expect(boundsOf({ type: "FeatureCollection", features: [] })).toBeNull();
  });
});
