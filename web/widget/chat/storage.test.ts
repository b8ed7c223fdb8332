import { describe, expect, it } from "vitest";
import { Memory } from "./memory";
import { readMessage, type TownMessage } from "./message";
import type { OwnMessage } from "./own";
import { type Store, storeOf } from "./storage";

/** As much of a browser's storage as is used, with room for so many characters. */
function area(room = Number.POSITIVE_INFINITY): Storage {
  const kept = new Map<string, string>();
  const setItem = (key: string, value: string) => {
    if (value.length > room) throw new Error("QuotaExceededError");
    kept.set(key, value);
  };
  const getItem = (key: string) => kept.get(key) ?? null;
  return { getItem, setItem, removeItem: (key: string) => kept.delete(key) } as unknown as Storage;
}

const forbidden = (): Storage => {
  throw new Error("SecurityError");
};

const own: OwnMessage = {
  id: "m-1",
  at: 1,
  after: "",
  state: "waiting",
  said: { type: "text", text: "hola" },
};
const message = readMessage({ id: "a", message: { type: "text", text: "Tu PIN es 123456" } }) as TownMessage;
const DAY = 24 * 3600 * 1000;

describe("storage", () => {
  it("that is forbidden or full keeps things for this page only, and says so", () => {
    for (const store of [storeOf(forbidden, "p:"), storeOf(() => area(2), "p:")]) {
      const kept = [store.set("k", "long value")];
      expect([...kept, store.get("k")]).toEqual([false, "long value"]);
      store.remove("k");
      expect(store.get("k")).toBeNull();
    }
  });

  it("gives the newest value, also where that was too large to be kept", () => {
    const shared = area(5);
    const store = storeOf(() => shared, "p:");
    expect([store.set("k", "old"), store.set("k", "newer and longer"), store.get("k")]).toEqual([
      true,
      false,
      "newer and longer",
    ]);
  });

  it("of two servers on one site does not mix", () => {
    const shared = area();
    storeOf(() => shared, "one:").set("token", "a");
    expect(storeOf(() => shared, "two:").get("token")).toBeNull();
  });
});

describe("what the browser remembers", () => {
  const shelves = (): [Store, Store] => {
    const [local, tab] = [area(), area()];
    return [storeOf(() => local, "p:"), storeOf(() => tab, "p:")];
  };

  it("survives a reload, a message that waits too", () => {
    const [local, tab] = shelves();
    const before = new Memory(local, tab, DAY);
    before.token = "t";
    before.keepMine([own], DAY);
    before.keepTown([message]);
    const after = new Memory(local, tab, 2 * DAY);
    expect([after.token, after.mine, after.town]).toEqual(["t", [own], [message]]);
  });

  it("holds what the town said, which may be a PIN, for the tab alone", () => {
    const [local, tab] = shelves();
    new Memory(local, tab, DAY).keepTown([message]);
    expect(new Memory(local, shelves()[1], DAY).town).toEqual([]);
  });

  it("is forgotten after a month, or when the visitor says so, photos and all", () => {
    for (const forget of [(memory: Memory) => memory.forget(), () => {}]) {
      const [local, tab] = shelves();
      const memory = new Memory(local, tab, DAY);
      memory.token = "t";
      memory.keepMine([own], DAY);
      memory.keepPhoto("m-1", "data:,");
      forget(memory);
      const later = new Memory(local, tab, 40 * DAY);
      expect([later.token, later.mine, later.photo("m-1")]).toEqual([null, [], null]);
    }
  });

  it("that is rubbish is nothing", () => {
    for (const rubbish of ["{", "7", '[7,null,{"id":1}]', '{"a":1}']) {
      const [local, tab] = shelves();
      local.set("mine", rubbish);
      expect(new Memory(local, tab, DAY).mine).toEqual([]);
    }
  });
});
