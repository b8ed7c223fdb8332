import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Api, ApiFailure, type FailureKind } from "./api";
import { Outbox } from "./outbox";
import type { OwnMessage, Said } from "./own";
import type { Photos } from "./photos";

const text = (words: string): Said => ({ type: "text", text: words });
const photo: Said = { type: "photo", caption: "", thumbnail: "", media: null };

/** A queue, and a server that answers as it is told; "ok" once nothing more is said. */
function setUp(said: Said[], answers: (FailureKind | "ok")[] = []) {
  const mine = said.map((each, index): OwnMessage => {
    return { id: `m-${index}`, at: 0, after: "", state: "waiting", said: each };
  });
  const arrived: string[] = [];
  const calls = { sessions: [] as boolean[], uploads: 0, connected: true, blocked: "" };
  const answer = () => {
    const kind = answers.shift() ?? "ok";
    if (kind !== "ok") throw new ApiFailure(kind, "why");
  };
  const api = {
    post: async ({ id }: { id: string }) => {
      arrived.push(id);
      answer();
    },
    upload: async () => {
      calls.uploads += 1;
      return "0199-a";
    },
  } as unknown as Api;
  const photos = { waiting: async () => new Blob(), done: () => {} } as unknown as Photos;
  const outbox = new Outbox(api, photos, {
    next: () => mine.find(({ state }) => state === "waiting"),
    session: async (fresh) => void calls.sessions.push(fresh),
    changed: (message, change) => void Object.assign(mine.find(({ id }) => id === message.id) ?? {}, change),
    progress: () => {},
    connected: (is) => {
      calls.connected = is;
    },
    blocked: (detail) => {
      calls.blocked = detail;
    },
  });
  const states = () => mine.map(({ state }) => state);
  return { outbox, arrived, calls, states };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the queue of what the visitor said", () => {
  it("sends in order, one after the other", async () => {
    const { outbox, arrived, states } = setUp([text("uno"), text("dos"), text("tres")]);
    outbox.kick();
    outbox.kick();
    await vi.runAllTimersAsync();
    expect([arrived, states()]).toEqual([
      ["m-0", "m-1", "m-2"],
      ["sent", "sent", "sent"],
    ]);
  });

  it("keeps the order and the id while there is no connection, and goes on when it is back", async () => {
    const { outbox, arrived, calls, states } = setUp([text("uno"), text("dos")], ["offline", "offline"]);
    outbox.kick();
    await vi.advanceTimersByTimeAsync(0);
    expect([arrived, states(), calls.connected]).toEqual([["m-0"], ["waiting", "waiting"], false]);
    // The browser says that it is online: no need to wait.
    outbox.kick();
    await vi.advanceTimersByTimeAsync(0);
    expect(arrived).toEqual(["m-0", "m-0"]);
    await vi.runAllTimersAsync();
    expect([arrived, states(), calls.connected]).toEqual([
      ["m-0", "m-0", "m-0", "m-1"],
      ["sent", "sent"],
      true,
    ]);
  });

  it("is not held up by a message that the server will never take", async () => {
    const { outbox, states } = setUp([text("uno"), text("dos")], ["refused"]);
    outbox.kick();
    await vi.runAllTimersAsync();
    expect(states()).toEqual(["failed", "sent"]);
  });

  it("gets a new token once when the old one is refused", async () => {
    const { outbox, calls, states } = setUp([text("uno")], ["token"]);
    outbox.kick();
    await vi.runAllTimersAsync();
    expect([calls.sessions, states()]).toEqual([[false, true, false], ["sent"]]);
  });

  it("stops where the page may not use the chat, and keeps what was said", async () => {
    const { outbox, calls, states } = setUp([text("uno")], ["blocked"]);
    outbox.kick();
    await vi.runAllTimersAsync();
    expect([calls.blocked, states()]).toEqual(["why", ["waiting"]]);
  });

  it("uploads a photo once, however often its message is tried", async () => {
    const { outbox, arrived, calls } = setUp([photo], ["busy", "offline"]);
    outbox.kick();
    await vi.runAllTimersAsync();
    expect([arrived.length, calls.uploads]).toEqual([3, 1]);
  });
});
