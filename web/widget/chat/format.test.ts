import { describe, expect, it } from "vitest";
import { spans } from "./format";

describe("the formatting of a message", () => {
  it("marks bold, italic and struck words, one within the other", () => {
    expect(spans("Tu folio es *PC-1234-5678*.")).toEqual([
      "Tu folio es ",
      { mark: "b", spans: ["PC-1234-5678"] },
      ".",
    ]);
    expect(spans("_~ya no~_")).toEqual([{ mark: "i", spans: [{ mark: "s", spans: ["ya no"] }] }]);
    expect(spans("*¿Está aquí?* 📍")).toEqual([{ mark: "b", spans: ["¿Está aquí?"] }, " 📍"]);
  });

  it("leaves signs alone that mark nothing, and does not carry a mark over a line break", () => {
    for (const text of [
      "2*3*4",
      "un_nombre_largo",
      "* suelto",
      "*sin fin",
      "**",
      "a * b * c",
      "*uno\ndos*",
    ]) {
      expect(spans(text)).toEqual([text]);
    }
  });

  it("links https addresses without their full stop, and nothing else", () => {
    expect(spans("Ve https://puertoceiba.example/privacidad.")).toEqual([
      "Ve ",
      { mark: "a", url: "https://puertoceiba.example/privacidad" },
      ".",
    ]);
    for (const text of [
      "http://a.example",
      "javascript:alert(1)",
      "data:text/html,x",
      "<img src=x onerror=a>",
    ]) {
      expect(spans(text)).toEqual([text]);
    }
  });
});
