import type { Feature } from "geojson";
import { describe, expect, it } from "vitest";
import { boundsOf, inhabited } from "./bounds";

/** A triangle with a corner in the south-west, one degree wide and half a degree high. */
function shape(kind: string, west: number, south: number): Feature {
  const ring = [
    [west, south],
    [west + 1, south],
    [west + 1, south + 0.5],
    [west, south],
  ];
  return { type: "Feature", properties: { kind }, geometry: { type: "MultiPolygon", coordinates: [[ring]] } };
}

describe("what a map shows when it opens", () => {
  const features = [shape("municipality", -92, 18), shape("colonia", -91.5, 18.5), shape("zone", -90, 18)];

  it("holds all that is drawn, at any depth", () => {
    expect(boundsOf({ features })).toEqual([-92, 18, -89, 19]);
  });

  it("is where people live, and everything where no colonia is drawn", () => {
    expect(inhabited({ features })).toEqual([-91.5, 18.5, -90.5, 19]);
    expect(inhabited({ features: features.slice(0, 1) })).toEqual([-92, 18, -91, 18.5]);
  });

  it("is nothing where a town drew nothing", () => {
    expect(inhabited({ features: [] })).toBeNull();
  });
});
