import { describe, expect, it } from "vitest";
import type { NextMove, ReportState } from "../../api/types";
import { bodyOf, EMPTY, inFront, lacks } from "./moves";

const move = (to: ReportState, ...needs: string[]): NextMove => ({ to, needs, tells: true });

describe("a move", () => {
  it("says the first thing that lacks", () => {
    const claim = move("resolved_claimed", "public_text", "evidence");
    expect(lacks(claim, EMPTY, null)).toBe("public_text");
    const said = { ...EMPTY, publicText: "Se tapó" };
    expect(lacks(claim, said, null)).toBe("evidence");
    expect(lacks(claim, { ...said, evidence: ["a"] }, null)).toBeNull();
    expect(lacks(move("assigned", "department"), EMPTY, "water")).toBeNull();
    expect(
      lacks(
        move("referred", "authority"),
        { ...EMPTY, authority: { name: "CFE", phone: " ", folio: "" } },
        null,
      ),
    ).toBe("authority");
  });

  it("sends what was written, and nothing that is empty", () => {
    const body = bodyOf("scheduled", 3, { ...EMPTY, day: "2026-12-01", privateNote: "  " });
    expect(body).toMatchObject({
      version: 3,
      to: "scheduled",
      day: "2026-12-01",
      private_note: null,
      authority: null,
    });
  });

  it("stands in front where it is done most", () => {
    const { first, rest } = inFront([
      move("triage"),
      move("in_progress"),
      move("resolved_claimed"),
      move("duplicate", "parent"),
      move("referred"),
      move("scheduled"),
    ]);
    expect(first.map(({ to }) => to)).toEqual(["resolved_claimed", "in_progress", "scheduled"]);
    expect(rest.map(({ to }) => to)).toEqual(["triage", "referred"]);
  });
});
