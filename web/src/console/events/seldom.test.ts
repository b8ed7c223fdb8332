import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { seldom } from "./seldom";

describe("what is done seldom", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("is done once for many questions, and again when the time is over", () => {
    const act = vi.fn();
    const lists = seldom(act, { everyMs: 3000, jitterMs: 500 });
    for (let asked = 0; asked < 5; asked++) lists.ask();
    vi.advanceTimersByTime(500);
    expect(act).toHaveBeenCalledTimes(1);
    lists.ask();
    vi.advanceTimersByTime(2000);
    expect(act).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1500);
    expect(act).toHaveBeenCalledTimes(2);
  });

  it("is done at once when somebody looks, but not for nothing", () => {
    const act = vi.fn();
    const lists = seldom(act, { everyMs: 3000, jitterMs: 0 });
    lists.hurry();
    expect(act).not.toHaveBeenCalled();
    lists.ask();
    lists.hurry();
    expect(act).toHaveBeenCalledTimes(1);
  });
});
