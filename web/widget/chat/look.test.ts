import { describe, expect, it } from "vitest";
import { chooseTexts } from "../options";
import { en } from "../text/en";
import { es } from "../text/es";
import { contrast, palette } from "./colour";
import { blobOf, sizeWithin } from "./photos";

const rgb = (colour: string) =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as [number, number, number];

describe("the town's colour", () => {
  it("keeps text on it readable, whatever it is", () => {
    for (const colour of ["#0d5f57", "#ffd400", "#777777", "#767676", "#ff0000", "#000000", "#ffffff"]) {
      const on = palette(colour)?.onBrand === "#fff" ? "#ffffff" : "#000000";
      expect(contrast(rgb(colour), rgb(on))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("keeps the visitor's own bubbles readable in light and dark", () => {
    for (const colour of ["#0d5f57", "#ffd400", "#777777", "#ff0000", "#000000", "#ffffff"]) {
      const { mine = "", mineDark = "" } = palette(colour) ?? {};
      expect(contrast(rgb(mine), rgb("#1c2b29"))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(rgb(mineDark), rgb("#ecf1ec"))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("is a colour or nothing", () => {
    expect(palette("#0a0")?.brand).toBe("#00aa00");
    for (const text of ["", "red", "#12", "#12345g", "url(https://a.example)"])
      expect(palette(text)).toBeNull();
  });
});

describe("a photo", () => {
  it("is made to fit, and never larger than it is", () => {
    expect([sizeWithin(4000, 3000, 1600), sizeWithin(3000, 4000, 1600), sizeWithin(800, 600, 1600)]).toEqual([
      [1600, 1200],
      [1200, 1600],
      [800, 600],
    ]);
    expect(sizeWithin(9000, 2, 1600)).toEqual([1600, 1]);
  });

  it("that was remembered has the same bytes again", async () => {
    const blob = blobOf(`data:image/jpeg;base64,${btoa("\xff\xd8abc")}`);
    expect(blob?.type).toBe("image/jpeg");
    expect([...new Uint8Array((await blob?.arrayBuffer()) ?? [])]).toEqual([255, 216, 97, 98, 99]);
    expect(blobOf("nothing")).toBeNull();
  });
});

describe("the language", () => {
  it("is the first that the chat speaks, else Spanish", () => {
    expect(chooseTexts([undefined, "", "en-US", "es"])).toBe(en);
    expect(chooseTexts(["fr", "es-MX", "en"])).toBe(es);
    expect(chooseTexts(["fr"])).toBe(es);
  });
});
