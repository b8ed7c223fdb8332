import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Api, ApiFailure } from "./api";
import { backoff } from "./backoff";
import { Live } from "./live";
import { eventCounter } from "./sse";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A stream that says these chunks and then stays open, or is closed. */
function stream(chunks: string[], end: "open" | "closed", signal: AbortSignal) {
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      if (end === "closed") controller.close();
      signal.addEventListener("abort", () => {
        if (end === "open") controller.error(new Error("aborted"));
      });
    },
  });
}

function listenTo(events: (signal: AbortSignal) => Promise<ReadableStream<Uint8Array> | null>) {
  const heard = { looks: 0, connected: [] as boolean[], streams: 0, refused: 0 };
  const counted = (signal: AbortSignal) => {
    heard.streams += 1;
    return events(signal);
  };
  const live = new Live({ events: counted } as unknown as Api, {
    look: async () => {
      heard.looks += 1;
      return false;
    },
    connected: (is) => {
      if (heard.connected[heard.connected.length - 1] !== is) heard.connected.push(is);
    },
    refused: () => {
      heard.refused += 1;
    },
  });
  live.start();
  return { live, heard };
}

describe("hearing of news", () => {
  it("looks when the stream opens and with each event", async () => {
    const chunks = [": keep\n\n", "event: mailbox\ndata: \n\n", "event: mail", "box\ndata: \n\n"];
    const { live, heard } = listenTo(async (signal) => stream(chunks, "open", signal));
    await vi.advanceTimersByTimeAsync(10);
    expect([heard.looks, heard.connected]).toEqual([3, [true]]);
    live.stop();
  });

  it("comes back after a stream has ended, and says when there is no connection", async () => {
    let answers = 0;
    const { live, heard } = listenTo(async (signal) => {
      answers += 1;
      if (answers === 2) throw new ApiFailure("offline");
      return stream([":\n\n"], "closed", signal);
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(heard.streams).toBeGreaterThan(2);
    expect(heard.connected.slice(0, 3)).toEqual([true, false, true]);
    live.stop();
  });

  it("says once that the token is not good any more, and stops", async () => {
    const { live, heard } = listenTo(async () => {
      throw new ApiFailure("token");
    });
    await vi.advanceTimersByTimeAsync(120_000);
    expect([heard.refused, heard.streams, heard.connected]).toEqual([1, 1, []]);
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(heard.streams).toBe(2);
  });

  it("asks instead where a proxy holds the stream back", async () => {
    const { live, heard } = listenTo(async (signal) => stream([], "open", signal));
    await vi.advanceTimersByTimeAsync(90_000);
    expect(heard.streams).toBe(2);
    const before = heard.looks;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(heard.looks).toBeGreaterThan(before);
    expect(heard.streams).toBe(2);
    live.stop();
  });

  it("asks where the browser cannot read a stream", async () => {
    const { live, heard } = listenTo(async () => null);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(heard.streams).toBe(1);
    expect(heard.looks).toBeGreaterThan(1);
    live.stop();
    const before = heard.looks;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(heard.looks).toBe(before);
  });
});

describe("the stream of events", () => {
  it("is counted over the borders of chunks; comments are none", () => {
    const count = eventCounter();
    expect(
      [":\n\n", "event: mailbox\r\ndata:", " x\r\n", "\r\n", "data: y\n\ndata: z\n\n"].map(count),
    ).toEqual([0, 0, 0, 1, 2]);
  });
});

describe("waiting before the next try", () => {
  it("doubles up to a limit, and chance spreads it by half", () => {
    const scale = { first: 1000, most: 60_000 };
    expect([1, 2, 3, 20].map((failures) => backoff(scale, failures, () => 0.5))).toEqual([
      1000, 2000, 4000, 60_000,
    ]);
    expect([backoff(scale, 1, () => 0), backoff(scale, 1, () => 1)]).toEqual([500, 1500]);
  });
});
