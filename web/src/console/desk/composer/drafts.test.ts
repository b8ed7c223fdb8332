import { beforeEach, describe, expect, it } from "vitest";
import { readDraft, type Shelf, tidyDrafts, writeDraft } from "./drafts";

const DAY = 24 * 60 * 60_000;

function shelfOf(kept: Map<string, string>): Shelf {
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

describe("a draft", () => {
  const kept = new Map<string, string>();
  const shelf = shelfOf(kept);
  const place = { person: "ana", chat: "c1", mode: "reply" } as const;
  beforeEach(() => kept.clear());

  it("is there again, for the same person, chat and mode only", () => {
    writeDraft(shelf, place, "Buenas tardes", 0);
    expect(readDraft(shelf, "ana", "c1", "reply")).toBe("Buenas tardes");
    expect(readDraft(shelf, "ana", "c1", "note")).toBe("");
    expect(readDraft(shelf, "ana", "c2", "reply")).toBe("");
    expect(readDraft(shelf, "luis", "c1", "reply")).toBe("");
  });

  it("is gone once it is empty", () => {
    writeDraft(shelf, place, "Buenas", 0);
    writeDraft(shelf, place, "", 1);
    expect(kept.size).toBe(0);
  });

  it("is thrown away after a week, with what cannot be read", () => {
    writeDraft(shelf, place, "vieja", 0);
    writeDraft(shelf, { ...place, chat: "c2" }, "nueva", 5 * DAY);
    kept.set("ventanilla.draft.ana.c3.reply", "{");
    kept.set("ventanilla.lang", '"es"');
    tidyDrafts(shelf, 8 * DAY);
    expect([...kept.keys()]).toEqual(["ventanilla.draft.ana.c2.reply", "ventanilla.lang"]);
  });

  it("is empty where storage is off", () => {
    const off = { ...shelf, getItem: () => fail(), setItem: () => fail() };
    expect(() => writeDraft(off, place, "x", 0)).not.toThrow();
    expect(readDraft(off, "ana", "c1", "reply")).toBe("");
  });
});

function fail(): never {
  throw new Error("storage is off");
}
