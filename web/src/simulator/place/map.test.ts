import { describe, expect, it } from "vitest";
import { COLONIAS, centre, clamped, coloniaAt, HEIGHT, inMunicipality, onEarth, SPOTS, WIDTH } from "./map";

describe("the town's map", () => {
  it("finds every colonia at its own middle", () => {
    for (const { name, ring } of COLONIAS) expect(coloniaAt(centre(ring))).toBe(name);
  });

  it("goes from the map to the earth and stays near the landmark", () => {
    const market = SPOTS.find((spot) => spot.id === "mercado");
    expect(market && onEarth(market.at)).toEqual({ latitude: 18.92634, longitude: -91.11311 });
  });

  it("knows the sea from the town", () => {
    expect(inMunicipality([10, 10])).toBe(false);
    expect(inMunicipality([WIDTH / 2, HEIGHT / 2])).toBe(true);
  });

  it("keeps the pin on the map", () => {
    expect(clamped([-5, HEIGHT + 9])).toEqual([0, HEIGHT]);
  });
});
