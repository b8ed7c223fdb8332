import { describe, expect, it } from "vitest";
import { readMessage, type TownMessage } from "./message";
import { inOrder, newId, type OwnMessage, wire } from "./own";

const town = (id: string) => readMessage({ id, message: { type: "text", text: id } }) as TownMessage;
const mine = (id: string, after: string, at = 0): OwnMessage => ({
  id,
  at,
  after,
  state: "sent",
  said: { type: "text", text: id },
});

describe("both sides of a conversation", () => {
  it("stand in the order they were said, whatever the clock of the phone says", () => {
    const own = [mine("hola", "", 9_999_999), mine("un bache", "b", 5), mine("grande", "b", 1)];
    const order = inOrder([town("a"), town("b"), town("c")], own).map(({ message }) => message.id);
    expect(order).toEqual(["hola", "a", "b", "un bache", "grande", "c"]);
  });

  it("stay in order where the server no longer has the message that came before", () => {
    expect(inOrder([town("c")], [mine("m", "b"), mine("n", "d")]).map(({ message }) => message.id)).toEqual([
      "m",
      "c",
      "n",
    ]);
  });
});

describe("a message of the visitor", () => {
  it("goes out as the server reads it", () => {
    const said = { type: "photo", caption: "", thumbnail: "data:,", media: "0199-a" } as const;
    expect(wire({ ...mine("m-1", ""), said })).toEqual({
      id: "m-1",
      type: "photo",
      media: "0199-a",
      mime: "image/jpeg",
    });
    const choice = { type: "choice", payload: "a.1", title: "Sí" } as const;
    expect(wire({ ...mine("m-2", ""), said: choice })).toEqual({ id: "m-2", ...choice });
  });

  it("has an id that the server takes and that nobody else has", () => {
    const ids = new Set(Array.from({ length: 1000 }, () => newId(1_795_449_600_000)));
    expect(ids.size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[!-~]{1,64}$/);
  });
});
