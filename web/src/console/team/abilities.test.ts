import { describe, expect, it } from "vitest";
import { skillsOf } from "./abilities";

describe("what somebody knows about", () => {
  it("is typed with commas between", () => {
    expect(skillsOf(" predial, agua potable ,,maya ")).toEqual(["predial", "agua potable", "maya"]);
    expect(skillsOf(" ")).toEqual([]);
  });
});
