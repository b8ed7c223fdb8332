import { describe, expect, it } from "vitest";
import { filterOf, setFilters, withField } from "./filter";

describe("the address of the board", () => {
  it("says what is asked for, and nothing else", () => {
    const filter = filterOf(new URLSearchParams("queue=due&category=pothole&q=%20bache%20&x=1"));
    expect(filter).toEqual({ queue: "due", order: "due", category: "pothole", q: "bache" });
    expect(setFilters(filter)).toBe(2);
  });

  it("takes an unknown tray for the open ones", () => {
    expect(filterOf(new URLSearchParams("queue=lost&order=newest"))).toEqual({
      queue: "open",
      order: "newest",
    });
  });

  it("leaves out what is empty", () => {
    const next = withField(new URLSearchParams("queue=due&q=x"), "q", "");
    expect(next.toString()).toBe("queue=due");
    expect(withField(next, "colonia", "centro").toString()).toBe("queue=due&colonia=centro");
  });
});
