import { describe, expect, it } from "vitest";
import type { Heard } from "./api";
import { type CallEvent, calling } from "./call";

const said = (seq: number, text: string): Heard => ({ seq, kind: "said", text, lang: "es-MX", at: 0 });
const callAfter = (...events: CallEvent[]) => events.reduce(calling, null);
const begun: CallEvent = { type: "begun", call: "CA1", from: "529825550171" };

describe("a call", () => {
  it("rings first and has nothing to tell", () => {
    expect(callAfter(begun)).toMatchObject({ state: "ringing", listening: null, heard: [] });
  });

  it("tells once and in order what was heard, however it came", () => {
    const call = callAfter(
      begun,
      { type: "heard", call: "CA1", heard: said(2, "dos") },
      { type: "heard", call: "CA1", heard: said(1, "uno") },
      { type: "heard", call: "CA1", heard: said(2, "dos") },
    );
    expect(call?.heard.map(({ text }) => text)).toEqual(["uno", "dos"]);
  });

  it("knows what the town waits for, until it speaks again", () => {
    const listening = { input: ["dtmf" as const], num_digits: 1 };
    const waits = callAfter(begun, { type: "state", call: "CA1", state: "listening", listening });
    expect(waits?.listening).toEqual(listening);
    const speaks = calling(waits, { type: "state", call: "CA1", state: "speaking", listening: null });
    expect(speaks?.listening).toBeNull();
  });

  it("stays ended when a late state arrives", () => {
    const call = callAfter(
      begun,
      { type: "state", call: "CA1", state: "ended", listening: null },
      { type: "state", call: "CA1", state: "speaking", listening: null },
    );
    expect(call?.state).toBe("ended");
  });

  it("does not hear what belongs to the call before", () => {
    const call = callAfter(begun, { type: "heard", call: "CA0", heard: said(1, "antes") });
    expect(call?.heard).toEqual([]);
  });
});
