import { describe, expect, it } from "vitest";
import type { Line } from "../../api/types";
import { byDay } from "./group";
import { aLine } from "./lines.fixture";

const NOON = new Date(2026, 10, 20, 12).getTime();
const MINUTE = 60_000;

const line = (id: string, at: number, who: Line["who"], author: string | null = null): Line =>
  aLine(id, at, who, { author });

const shape = (lines: Line[]) =>
  byDay(lines).map(({ groups }) => groups.map((group) => group.lines.map(({ id }) => id).join("")));

describe("a conversation", () => {
  it("is grouped by who wrote in one go", () => {
    const lines = [
      line("a", NOON, "citizen"),
      line("b", NOON + MINUTE, "citizen"),
      line("c", NOON + 2 * MINUTE, "bot"),
      line("d", NOON + 3 * MINUTE, "agent", "Ana"),
      line("e", NOON + 4 * MINUTE, "agent", "Luis"),
    ];
    expect(shape(lines)).toEqual([["ab", "c", "d", "e"]]);
  });

  it("names a whisper and a proposal apart from notes of the same colleague", () => {
    const note = (id: string, kind: Line["kind"]) => aLine(id, NOON, "note", { author: "Ana", kind });
    const lines = [note("a", "note"), note("b", "whisper"), note("c", "whisper"), note("d", "proposal")];
    expect(shape(lines)).toEqual([["a", "bc", "d"]]);
  });

  it("says the name again after a pause and on another day", () => {
    const lines = [
      line("a", NOON, "citizen"),
      line("b", NOON + 11 * MINUTE, "citizen"),
      line("c", NOON + 24 * 60 * MINUTE, "citizen"),
    ];
    expect(shape(lines)).toEqual([["a", "b"], ["c"]]);
  });
});
