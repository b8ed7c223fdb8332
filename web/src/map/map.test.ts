import { describe, expect, it } from "vitest";
import { fill, summary, type Texts } from "./listing";
import { boundsOf } from "./style";
import type { Zones } from "./types";

const TEXTS = {
  seen_none: "nada",
  seen_one: "uno",
  seen: "{n} aquí",
  seen_newest: "los {n} más nuevos",
} as Texts;

describe("what the list says of the map", () => {
  it("counts, and says when there are more", () => {
    expect([0, 1, 2].map((count) => summary(TEXTS, count, true))).toEqual(["nada", "uno", "2 aquí"]);
    expect(summary(TEXTS, 2000, false)).toBe("los 2000 más nuevos");
  });

  it("fills places and leaves those that nobody fills", () => {
    expect(fill("{n} de {all}", { n: 3 })).toBe("3 de {all}");
  });
});

describe("the window that shows everything", () => {
  const zones = (coordinates: number[][][]): Zones => ({
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        properties: { kind: "colonia", name: "", size: 1 },
        geometry: { type: "Polygon", coordinates },
      },
    ],
  });

  it("holds every corner", () => {
    expect(
      boundsOf(
        zones([
          [
            [-91, 18],
            [-90, 19],
            [-92, 18.5],
            [-91, 18],
          ],
        ]),
      ),
    ).toEqual([-92, 18, -90, 19]);
  });

  it("is Mexico where a town drew nothing", () => {
    expect(boundsOf({ type: "FeatureCollection", features: [] })).toEqual([-104, 18, -98, 24]);
  });
});
