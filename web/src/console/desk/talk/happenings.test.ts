import { describe, expect, it } from "vitest";
import type { Line } from "../../api/types";
import { callOf, flowOf, goesOn, type Happening, holderBefore, passedTo } from "./happenings";
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

  it("tells when a call was promised for, and the note", () => {
    expect(callOf("1795450000000")).toEqual({ at: 1795450000000, note: null });
    expect(callOf("1795450000000: pregunta por su recibo")).toEqual({
      at: 1795450000000,
      note: "pregunta por su recibo",
    });
    expect(callOf("pronto").at).toBe(null);
  });

  it("tells of which flow", () => {
    const line = (kind: Happening["kind"], text: string) =>
      aLine("a", 1, "system", { kind, text }) as Happening;
    expect(flowOf(line("lent", "status"))).toBe("status");
    expect(flowOf(line("closed", "flow:menu"))).toBe("menu");
    expect(flowOf(line("closed", "resume"))).toBeNull();
    expect(flowOf(line("filed", "PC-1234-5670"))).toBeNull();
  });

  it("tells with what the assistant goes on", () => {
    expect(goesOn("resume")).toEqual({ with: "resume" });
    expect(goesOn("flow:report")).toEqual({ with: "flow", flow: "report" });
    expect(goesOn(null)).toEqual({ with: "nothing" });
  });
});
