import { describe, expect, it } from "vitest";
import type { Sms } from "./api";
import { thread } from "./thread";

const sms = (seq: number, id: string, more: Partial<Sms> = {}): Sms => ({
  seq,
  id,
  from: "town",
  at: 0,
  text: "hola",
  segments: 1,
  encoding: "gsm7",
  status: "queued",
  ...more,
});
const ids = (texts: readonly Sms[]) => texts.map(({ id }) => id);

describe("a phone's SMS", () => {
  it("stand in order and once, however often they are told", () => {
    const told = [sms(2, "b"), sms(1, "a"), sms(2, "b")];
    const shown = told.reduce<readonly Sms[]>((texts, text) => thread(texts, { type: "text", text }), []);
    expect(ids(shown)).toEqual(["a", "b"]);
  });

  it("keep their status when a late one comes", () => {
    const delivered = [sms(1, "a", { status: "delivered" })];
    expect(thread(delivered, { type: "status", id: "a", status: "sent" })).toEqual(delivered);
    const failed = thread([sms(1, "a")], { type: "status", id: "a", status: "failed" });
    expect(thread(failed, { type: "status", id: "a", status: "delivered" })).toEqual(failed);
  });

  it("take the newer status that a new connection tells", () => {
    const again = thread([sms(1, "a")], { type: "text", text: sms(1, "a", { status: "delivered" }) });
    expect(again[0]?.status).toBe("delivered");
  });

  it("are forgotten when the simulator was started anew", () => {
    const old = [sms(1, "a"), sms(2, "b")];
    expect(ids(thread(old, { type: "text", text: sms(1, "new") }))).toEqual(["new"]);
  });
});
