import { describe, expect, it } from "vitest";
import { networkPhone, readableNumber } from "./twilio";

describe("a person's number", () => {
  it("is the same phone on WhatsApp and on the network", () => {
    expect(networkPhone("5219825550171")).toBe("529825550171");
    expect(networkPhone("529825550171")).toBe("529825550171");
  });

  it("keeps a 1 that belongs to the number itself", () => {
    expect(networkPhone("521982555017")).toBe("521982555017");
    expect(networkPhone("13055550171")).toBe("13055550171");
  });

  it("is read in groups, with or without WhatsApp's 1", () => {
    expect(readableNumber("+529825550171")).toBe("+52 982 555 0171");
    expect(readableNumber("5219825550171")).toBe("+52 982 555 0171");
    expect(readableNumber("+13055550171")).toBe("+13055550171");
  });
});
