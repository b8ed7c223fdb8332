import { describe, expect, it } from "vitest";
import { problemFrom } from "./problem";

describe("a refusal of the server", () => {
  it("is told apart by its code and brings its sentence", () => {
    const problem = problemFrom(409, { code: "taken", detail: "La atiende José.", holder: "José Ek" });
    expect(problem).toMatchObject({
      status: 409,
      code: "taken",
      detail: "La atiende José.",
      holder: "José Ek",
    });
  });

  it("is told apart by its status where there is no code", () => {
    expect(problemFrom(410, null).code).toBe("gone");
    expect(problemFrom(429, { detail: "Espera." }).code).toBe("too_many");
    expect(problemFrom(503, "<html>").code).toBe("unreachable");
    expect(problemFrom(422, { code: "something_new" }).code).toBe("other");
  });
});
