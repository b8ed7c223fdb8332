import { describe, expect, it } from "vitest";
import type { Bubble } from "./api";
import { chat, choicesMade, shown } from "./chat";

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

describe("what happens to a message later", () => {
  const about = (seq: number, more: Partial<Bubble>) => bubble(seq, `${seq}`, { target: "a", ...more });

  it("is drawn on the message and is no bubble of its own", () => {
    const drawn = shown([bubble(1, "a"), about(2, { type: "reaction", from: "town", emoji: "👍" })]);
    expect(drawn.map(({ reactions }) => reactions)).toEqual([{ town: "👍" }]);
  });

  it("leaves one reaction of each side, and none when it was taken away", () => {
    const reactions = [
      about(2, { type: "reaction", emoji: "👍" }),
      about(3, { type: "reaction", from: "town", emoji: "✅" }),
      about(4, { type: "reaction", emoji: "❤️" }),
    ];
    const drawn = shown([bubble(1, "a"), ...reactions]);
    expect(drawn[0]?.reactions).toEqual({ town: "✅", citizen: "❤️" });
    const gone = shown([bubble(1, "a"), ...reactions, about(5, { type: "reaction" })]);
    expect(gone[0]?.reactions).toEqual({ town: "✅" });
  });

  it("gives new words, or takes the message back", () => {
    const edited = shown([bubble(1, "a", { text: "uno" }), about(2, { type: "edit", text: "dos" })]);
    expect(edited).toMatchObject([{ edited: true, revoked: false, bubble: { id: "a", text: "dos" } }]);
    expect(shown([bubble(1, "a"), about(2, { type: "revoke" })])).toMatchObject([{ revoked: true }]);
  });

  it("is nothing when the message is not there", () => {
    expect(shown([about(2, { type: "reaction", emoji: "👍" })])).toEqual([]);
  });
});
