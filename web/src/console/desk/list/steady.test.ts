import { describe, expect, it } from "vitest";
import { steady } from "./steady";

const rows = (ids: string) => [...ids].map((id) => ({ id }));
const ids = (list: { id: string }[]) => list.map(({ id }) => id).join("");

describe("a list that is being read", () => {
  it("keeps its order when messages arrive", () => {
    const { rows: shown, moved } = steady(["a", "b", "c"], rows("cab"));
    expect(ids(shown)).toBe("abc");
    expect(moved).toBe(true);
  });

  it("puts newcomers at the end and lets go who left", () => {
    const { rows: shown, came, moved } = steady(["a", "b"], rows("xb"));
    expect(ids(shown)).toBe("bx");
    expect(ids(came)).toBe("x");
    expect(moved).toBe(true);
  });

  it("has not moved when a newcomer belongs at the end", () => {
    expect(steady(["a"], rows("ab")).moved).toBe(false);
  });
});
