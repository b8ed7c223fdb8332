import { describe, expect, it } from "vitest";
import type { Line } from "../../api/types";
import { goesOn, holderBefore, passedTo } from "./happenings";
import { aLine } from "./lines.fixture";

describe("what became of a chat", () => {
  it("tells from whom it was taken over", () => {
    const lines: Line[] = [
      aLine("a", 1, "system", { kind: "claimed", author: "Rosa" }),
      aLine("b", 2, "system", { kind: "taken_over", author: "Luis", text: "terminó su turno" }),
    ];
    expect(lines.map((line) => holderBefore(lines, line))).toEqual([null, "Rosa"]);
  });

  it("does not guess who attended after it was passed on", () => {
    const lines = [
      aLine("a", 1, "agent", { author: "Rosa" }),
      aLine("b", 2, "system", { kind: "transferred", author: "Rosa", text: "Luis" }),
      aLine("c", 3, "system", { kind: "taken_over", author: "Ana", text: "urge" }),
    ];
    expect(lines.map((line) => holderBefore(lines, line))).toEqual([null, "Rosa", null]);
  });

  it("tells to whom it was passed on, and the note", () => {
    expect(passedTo("Obras Públicas")).toEqual({ to: "Obras Públicas", note: null });
    expect(passedTo("Luis: le urge: hoy")).toEqual({ to: "Luis", note: "le urge: hoy" });
    expect(passedTo(": nadie pudo")).toEqual({ to: null, note: "nadie pudo" });
    expect(passedTo(null)).toEqual({ to: null, note: null });
  });

  it("tells with what the assistant goes on", () => {
    expect(goesOn("resume")).toEqual({ with: "resume" });
    expect(goesOn("flow:report")).toEqual({ with: "flow", flow: "report" });
    expect(goesOn(null)).toEqual({ with: "nothing" });
  });
});
