import { describe, expect, it } from "vitest";
import { isBlank, readMessage, safeUrl, timeOf } from "./message";

const ID = "0199c2a0-7b00-7000-8000-0000000000aa";

function read(message: unknown) {
  const found = readMessage({ id: ID, message });
  if (!found) throw new Error("it was not read");
  return found;
}

describe("a message of the town", () => {
  it("keeps the payload of a choice apart from its label", () => {
    const buttons = [
      { payload: "a.1", label: "Sí" },
      { payload: "a.2", label: "Sí", description: "otra" },
    ];
    const { choices, list } = read({ type: "buttons", text: "¿Es así?", buttons });
    expect(choices.map(({ payload }) => payload)).toEqual(["a.1", "a.2"]);
    expect(list).toBeNull();
    expect(read({ type: "list", text: "x", open: "Ver", rows: buttons }).list).toBe("Ver");
  });

  it("of a kind that was never heard of is shown by its text", () => {
    const message = read({ type: "hologram", text: "Mira esto", beam: 7 });
    expect([message.text, message.choices, isBlank(message)]).toEqual(["Mira esto", [], false]);
  });

  it("that a page could not show is blank, and one without an id is none", () => {
    expect(isBlank(read({ type: "reaction", target: "m-1", emoji: "👍" }))).toBe(true);
    for (const item of [null, 7, {}, { id: 7 }, { message: { text: "x" } }])
      expect(readMessage(item)).toBeNull();
    for (const odd of [null, "x", { buttons: 7 }, { type: "buttons", buttons: [null, {}] }]) {
      expect(read(odd).choices).toEqual([]);
    }
  });

  it("opens https addresses only", () => {
    expect(
      read({ type: "link", text: "x", link: { label: "Pagar", url: "https://a.example/" } }).link?.url,
    ).toBe("https://a.example/");
    for (const url of [
      "http://a.example",
      "javascript:alert(1)",
      " https://a",
      "https://",
      "//a.example",
      "",
    ]) {
      expect(safeUrl(url)).toBeNull();
      expect(read({ type: "link", text: "x", link: { label: "Pagar", url } }).link).toBeNull();
    }
  });

  it("brings files by their id and never by a path", () => {
    const media = (at: string, value: string) =>
      read({
        type: "media",
        text: "",
        attachment: { source: { at, value }, mime: "image/png", described: "Un plano" },
      }).attachment;
    expect(media("file", ID)?.value).toBe(ID);
    expect(media("link", "https://a.example/plano.png")?.described).toBe("Un plano");
    for (const [at, value] of [
      ["file", "../x"],
      ["file", ""],
      ["link", "http://a.example/x"],
      ["uploaded", "1"],
    ]) {
      expect(media(at ?? "", value ?? "")).toBeNull();
    }
  });

  it("tells its time by its id", () => {
    expect(timeOf(ID)).toBe(0x0199c2a07b00);
    for (const id of ["", "m-1", "0199c2a0-7b00-4000-8000-0000000000aa"]) expect(timeOf(id)).toBe(0);
  });
});
