import { describe, expect, it } from "vitest";
import { fill, unfilled } from "./variables";

describe("a canned reply", () => {
  const values = { nombre: "María", agente: "José Ek", folio: null };

  it("is filled with what is known", () => {
    expect(fill("Hola {{nombre}}, soy {{ agente }}.", values)).toBe("Hola María, soy José Ek.");
    expect(fill("{{NOMBRE}}", values)).toBe("María");
  });

  it("keeps visible what is not known", () => {
    const text = fill("Tu folio es {{folio}} o {{folio}}. {{otra}}", values);
    expect(text).toBe("Tu folio es {{folio}} o {{folio}}. {{otra}}");
    expect(unfilled(text)).toEqual(["folio", "otra"]);
  });

  it("leaves other braces alone", () => {
    expect(unfilled("{nombre} {{}} {{1}}")).toEqual([]);
  });
});
