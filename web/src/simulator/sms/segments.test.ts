import { describe, expect, it } from "vitest";
import { costly, type Encoding, segmentsOf } from "./segments";

/** Name, text, encoding, units, units of each segment. */
type Vector = [name: string, text: string, encoding: Encoding, units: number, parts: number[]];

const VECTORS: Vector[] = [
  ["160 gsm", "a".repeat(160), "gsm7", 160, [160]],
  ["161 gsm", "a".repeat(161), "gsm7", 161, [153, 8]],
  ["306 gsm", "a".repeat(306), "gsm7", 306, [153, 153]],
  ["307 gsm", "a".repeat(307), "gsm7", 307, [153, 153, 1]],
  ["euro at 159+2 spills", `${"a".repeat(159)}€`, "gsm7", 161, [153, 8]],
  ["euro fits 158+2", `${"a".repeat(158)}€`, "gsm7", 160, [160]],
  ["an escape pair is not torn", `${"a".repeat(152)}€${"a".repeat(20)}`, "gsm7", 174, [152, 22]],
  ["70 ucs2", "á".repeat(70), "ucs2", 70, [70]],
  ["71 ucs2", "á".repeat(71), "ucs2", 71, [67, 4]],
  ["134 ucs2", "á".repeat(134), "ucs2", 134, [67, 67]],
  ["135 ucs2", "á".repeat(135), "ucs2", 135, [67, 67, 1]],
  [
    "one acute turns all into ucs2",
    "Su cita es el dia 3 de diciembre a las 10:30 en el Modulo Centro. Traiga identificación.",
    "ucs2",
    88,
    [67, 21],
  ],
  ["gsm-safe Spanish", "¿Señal? ¡Qué bien! Ñandu no, pingüino si", "gsm7", 40, [40]],
  ["35 emoji", "😀".repeat(35), "ucs2", 70, [70]],
  ["36 emoji", "😀".repeat(36), "ucs2", 72, [66, 6]],
  ["a surrogate pair is not torn", `${"á".repeat(66)}😀${"á".repeat(10)}`, "ucs2", 78, [66, 12]],
  ["a family of emoji is not torn", `${"á".repeat(60)}👨‍👩‍👧‍👦${"á".repeat(5)}`, "ucs2", 76, [60, 16]],
  ["empty", "", "gsm7", 0, [0]],
  ["ñ in two pieces is not gsm", "sen\u0303al", "ucs2", 6, [6]],
  ["small ç is not gsm", "ç", "ucs2", 1, [1]],
  ["capital Ç is gsm", "Ç", "gsm7", 1, [1]],
  ["tab is not gsm", "a\tb", "ucs2", 3, [3]],
  ["backtick is not gsm", "`", "ucs2", 1, [1]],
  ["a line end of two characters counts two", "a\r\nb", "gsm7", 4, [4]],
];

const ROOM = { gsm7: [160, 153], ucs2: [70, 67] } as const;

describe("the segments of an SMS", () => {
  it.each(VECTORS)("are counted as on the network: %s", (_name, text, encoding, units, parts) => {
    const [single, part] = ROOM[encoding];
    const left = (parts.length > 1 ? part : single) - (parts.at(-1) ?? 0);
    expect(segmentsOf(text)).toEqual({ encoding, units, segments: parts.length, left });
  });

  it("name the letters that make a message dear, each once", () => {
    expect(costly("¿Dónde está el camión? Qué año")).toEqual(["ó", "á"]);
    expect(costly("Sin acentos agudos, con ñ y é")).toEqual([]);
  });
});
