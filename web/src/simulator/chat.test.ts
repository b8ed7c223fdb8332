import { describe, expect, it } from "vitest";
import type { Bubble } from "./api";
import { chat, choicesMade } from "./chat";

const bubble = (seq: number, id: string, more: Partial<Bubble> = {}): Bubble => ({
  seq,
  id,
  from: "citizen",
  at: 0,
  type: "text",
  status: "sent",
  ...more,
});
const ids = (bubbles: readonly Bubble[]) => bubbles.map((one) => one.id);

describe("a phone's chat", () => {
  it("keeps bubbles in order, whichever comes first", () => {
    const late = chat([bubble(2, "b")], { type: "bubble", bubble: bubble(1, "a") });
    expect(ids(late)).toEqual(["a", "b"]);
  });

  it("shows a bubble once when a connection tells the history again", () => {
    const again = chat([bubble(1, "a")], { type: "bubble", bubble: bubble(1, "a", { status: "read" }) });
    expect(again).toEqual([bubble(1, "a", { status: "read" })]);
  });

  it("never takes a tick back", () => {
    const read = [bubble(1, "a", { status: "read" })];
    expect(chat(read, { type: "status", id: "a", status: "delivered" })).toEqual(read);
  });

  it("forgets what a simulator said that was started anew", () => {
    const old = [bubble(1, "a"), bubble(2, "b"), bubble(3, "c")];
    expect(ids(chat(old, { type: "bubble", bubble: bubble(1, "new") }))).toEqual(["new"]);
  });

  it("knows which choices were made", () => {
    const chosen = { id: "yes", title: "Sí", message_id: "a" };
    expect(choicesMade([bubble(1, "a"), bubble(2, "b", { chosen })]).get("a")).toBe("yes");
  });
});
