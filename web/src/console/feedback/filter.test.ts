import { describe, expect, it } from "vitest";
import { filterOf, missingWords } from "./filter";

describe("what the page of feedback asks for", () => {
  it("is of one kind, or of all", () => {
    expect(filterOf("all", "unread")).toEqual({ state: "unread" });
    expect(filterOf("complaint", "read")).toEqual({ kind: "complaint", state: "read" });
  });
});

describe("words that are not there", () => {
  it("were erased, but for a rating that never had any", () => {
    expect(missingWords({ kind: "idea", said: "más bancas" })).toBeNull();
    expect(missingWords({ kind: "idea", said: null })).toBe("feedback.erased");
    expect(missingWords({ kind: "review", said: null })).toBe("feedback.noWords");
  });
});
