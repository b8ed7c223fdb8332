import { describe, expect, it } from "vitest";
import { effectsOf } from "./effects";

describe("an event of the desk", () => {
  it("makes a chat and the lists old", () => {
    expect(effectsOf("chat", { id: "c1", version: 3 })).toEqual({
      stale: [["desk", "chat", "c1"]],
      lists: true,
    });
  });

  it("makes the lists old with the queue, and no chat", () => {
    expect(effectsOf("queue", {})).toEqual({ stale: [], lists: true });
  });

  it("brings who is looking without fetching anything", () => {
    const viewers = [{ id: "a", name: "Ana", typing: true }];
    expect(effectsOf("presence", { chat: "c1", viewers })).toEqual({
      stale: [],
      viewers: { chat: "c1", viewers },
    });
  });

  it("tells that somebody came, and whether it is a crisis", () => {
    expect(effectsOf("new", { id: "c1", priority: "crisis" }).arrived).toEqual({ id: "c1", crisis: true });
    expect(effectsOf("new", { id: "c1", priority: "normal" }).arrived).toEqual({ id: "c1", crisis: false });
  });

  it("tells which talks of the assistant changed, and refetches the lists", () => {
    expect(effectsOf("talks", { people: ["p1", 2, "p3"] })).toEqual({
      stale: [],
      lists: true,
      talks: ["p1", "p3"],
    });
    expect(effectsOf("talks", {}).talks).toEqual([]);
  });

  it("tells of a whisper and makes its chat old", () => {
    expect(effectsOf("whisper", { chat: "c1" })).toEqual({
      stale: [["desk", "chat", "c1"]],
      whispered: "c1",
    });
    expect(effectsOf("whisper", {})).toEqual({ stale: [] });
  });

  it("ends the session", () => {
    expect(effectsOf("bye", {}).ended).toBe(true);
  });

  it("does no harm when it is malformed", () => {
    expect(effectsOf("presence", null)).toEqual({ stale: [] });
    expect(effectsOf("chat", "c1")).toEqual({ stale: [], lists: true });
  });
});
