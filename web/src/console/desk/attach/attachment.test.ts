import { describe, expect, it } from "vitest";
import type { Attachable, TakenIn } from "../../api/types";
import { acceptedTypes, isReady, isTooLarge, NONE, partOf } from "./attachment";

const attach: Attachable[] = [
  { kind: "image", types: ["image/jpeg", "image/png"], bytes: 5 },
  { kind: "document", types: ["application/pdf"], bytes: 10 },
];
const file: TakenIn = { id: "f", kind: "image", mime: "image/png", name: "plano.png", bytes: 3 };
const ready = { state: "ready", file, described: " Un plano " } as const;
const failed = { state: "failed", name: "foto.jpg", error: null, file: new File([], "foto.jpg") } as const;

describe("a file on its way", () => {
  it("is too large when no kind lets so much through", () => {
    expect([5, 10, 11].map((size) => isTooLarge(size, attach))).toEqual([false, false, true]);
    expect(isTooLarge(1, [])).toBe(true);
  });

  it("is asked for by the types of all kinds", () => {
    expect(acceptedTypes(attach)).toEqual(["image/jpeg", "image/png", "application/pdf"]);
  });

  it("goes with its description, once it is here", () => {
    expect(partOf(ready)).toEqual({ attachment: "f", described: "Un plano" });
    expect(partOf({ state: "uploading", name: "x", share: 0.5 })).toEqual({});
  });

  it("holds the message back while it comes or was refused", () => {
    expect(isReady("", ready)).toBe(true);
    expect(isReady("hola", NONE)).toBe(true);
    expect(isReady("  ", NONE)).toBe(false);
    expect(isReady("hola", { state: "uploading", name: "x", share: 0 })).toBe(false);
    expect(isReady("hola", failed)).toBe(false);
  });
});
