import { describe, expect, it } from "vitest";
import { tabsFor, tidyTab } from "./queues";

describe("the tabs of the desk", () => {
  it("show the assistant's talks and what awaits approval to supervisors only", () => {
    expect(tabsFor(false)).toEqual(["unanswered", "mine", "team", "waiting", "calls", "history"]);
    expect(tabsFor(true)).toEqual([
      "unanswered",
      "mine",
      "team",
      "waiting",
      "calls",
      "approval",
      "bot",
      "history",
    ]);
  });

  it("are named by the address, and whoever may not see one sees who waits", () => {
    expect(tidyTab("bot", tabsFor(true))).toBe("bot");
    expect(tidyTab("bot", tabsFor(false))).toBe("unanswered");
    expect(tidyTab("constructor", tabsFor(true))).toBe("unanswered");
    expect(tidyTab(null, tabsFor(false))).toBe("unanswered");
  });
});
