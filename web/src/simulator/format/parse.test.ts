import { describe, expect, it } from "vitest";
import { parse, parseSpans } from "./parse";

describe("WhatsApp formatting", () => {
  it("marks bold, italic and struck words, one within the other", () => {
    expect(parseSpans("Tu folio es *PC-1234-5678*.")).toEqual([
      "Tu folio es ",
      { kind: "bold", spans: ["PC-1234-5678"] },
      ".",
    ]);
    expect(parseSpans("_~ya no~_")).toEqual([
      { kind: "italic", spans: [{ kind: "strike", spans: ["ya no"] }] },
    ]);
  });

  it("leaves marks alone that mark nothing", () => {
    for (const text of ["2*3*4", "un_nombre_largo", "* suelto", "*sin fin", "**", "a * b * c"]) {
      expect(parseSpans(text)).toEqual([text]);
    }
  });

  it("does not carry a mark over a line break", () => {
    expect(parseSpans("*uno\ndos*")).toEqual(["*uno\ndos*"]);
  });

  it("keeps accents and emoji whole", () => {
    expect(parseSpans("*¿Está aquí?* 📍")).toEqual([{ kind: "bold", spans: ["¿Está aquí?"] }, " 📍"]);
  });

  it("makes lists of lines and keeps their numbers", () => {
    expect(parse("Elige:\n\n2. Bache\n3. Luz")).toEqual([
      { kind: "lines", spans: ["Elige:"] },
      { kind: "numbers", start: 2, items: [["Bache"], ["Luz"]] },
    ]);
    expect(parse("- *a*\n* b")).toEqual([
      { kind: "bullets", items: [[{ kind: "bold", spans: ["a"] }], ["b"]] },
    ]);
  });

  it("keeps empty lines between paragraphs", () => {
    expect(parse("uno\n\ndos")).toEqual([{ kind: "lines", spans: ["uno\n\ndos"] }]);
  });

  it("links addresses without their full stop, and nothing but http", () => {
    expect(parseSpans("Ve https://puertoceiba.example/privacidad.")).toEqual([
      "Ve ",
      { kind: "link", text: "https://puertoceiba.example/privacidad" },
      ".",
    ]);
    expect(parseSpans("javascript:alert(1)")).toEqual(["javascript:alert(1)"]);
  });

  it("formats nothing within code", () => {
    expect(parse("```*a*```")).toEqual([{ kind: "code", text: "*a*" }]);
    expect(parseSpans("`*a*`")).toEqual([{ kind: "code", text: "*a*" }]);
  });
});
