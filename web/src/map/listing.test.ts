import { describe, expect, it } from "vitest";
import { fill, summary, type Texts } from "./listing";

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
