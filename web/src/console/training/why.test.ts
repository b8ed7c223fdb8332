import { describe, expect, it } from "vitest";
import type { Explained } from "../api/types";
import { decisionOf, named, namedBy, wasMended, weighed } from "./why";

const QUIET: Explained["danger"] = { alarm: null, signs: [], part: null };

function alarm(at_once: boolean): Explained["danger"] {
  const intent = { id: "crisis.self_harm", title: "Quiere hacerse daño" };
  return { ...QUIET, alarm: { intent, confidence: 0.9, at_once } };
}

describe("what the assistant does with a message", () => {
  it("is told by danger first", () => {
    expect(decisionOf({ decision: "sure", danger: QUIET })).toBe("sure");
    expect(decisionOf({ decision: "sure", danger: alarm(true) })).toBe("danger_at_once");
    expect(decisionOf({ decision: "sure", danger: alarm(false) })).toBe("danger_asked");
  });

  it("names the danger, or what is likeliest", () => {
    const intents = [{ name: "report.pothole", label: "Bache", confidence: 0.98 }];
    expect(namedBy({ danger: QUIET, intents })).toBe("Bache");
    expect(namedBy({ danger: alarm(true), intents })).toBe("Quiere hacerse daño");
    expect(namedBy({ danger: QUIET, intents: [] })).toBe("");
  });
});

describe("words that weighed", () => {
  const word = (word: string, by_words: number, by_sense: number | null = null) => ({
    word,
    by_words,
    by_sense,
  });

  it("are told from the heaviest on, those of both heads added up", () => {
    const { for: spoke, against } = weighed([
      word("hay", 0.1, 0),
      word("un", 0.01, 0),
      word("bache", 3, 1),
      word("calle", 0.5, 0.5),
      word("luz", -1, -0.5),
    ]);
    expect(spoke).toEqual([
      { word: "bache", strength: "much" },
      { word: "calle", strength: "some" },
    ]);
    expect(against).toEqual([{ word: "luz", strength: "some" }]);
  });

  it("are told once, and without an encoder too", () => {
    const { for: spoke } = weighed([word("bache", 2), word("bache", 1), word("feo", 0.3)]);
    expect(spoke).toEqual([
      { word: "bache", strength: "much" },
      { word: "feo", strength: "little" },
    ]);
  });

  it("are none in a text that says nothing", () => {
    expect(weighed([])).toEqual({ for: [], against: [] });
    expect(weighed([word("eh", 0, 0)])).toEqual({ for: [], against: [] });
  });
});

describe("mended spelling", () => {
  it("is told, signs and capitals are not", () => {
    expect(wasMended("ai un vache", "hay un bache")).toBe(true);
    expect(wasMended("¡Hay un BACHE!", "Hay un bache")).toBe(false);
  });
});

describe("what the text names", () => {
  it("is left out where nobody here has a name for it", () => {
    const size = { kind: "size", text: "enorme" };
    expect(named([size, { kind: "planet", text: "Marte" }])).toEqual([size]);
  });
});
