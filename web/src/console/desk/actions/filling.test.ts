import { describe, expect, it } from "vitest";
import type { Template } from "../../api/types";
import { filled, isFilled, priceOf } from "./filling";

const news: Template = {
  name: "novedad",
  language: "es_MX",
  text: "Hola {{1}}: tu reporte {{2}} tiene novedades, {{1}}.",
  places: [
    { key: "1", label: "Nombre" },
    { key: "2", label: "Folio" },
  ],
  cost: null,
};

describe("a template", () => {
  it("shows what it will say, with gaps where nothing stands yet", () => {
    expect(filled(news, ["Lupe", ""])).toBe("Hola Lupe: tu reporte … tiene novedades, Lupe.");
    expect(filled(news, ["$&", "PC-1"])).toBe("Hola $&: tu reporte PC-1 tiene novedades, $&.");
  });

  it("goes when every place is filled", () => {
    expect([isFilled(news, ["Lupe"]), isFilled(news, ["Lupe", " "]), isFilled(news, ["Lupe", "1"])]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("tells its price as it is written here", () => {
    expect(priceOf({ amount: 1.5, currency: "MXN" }, "es")).toBe("$1.50");
  });
});
