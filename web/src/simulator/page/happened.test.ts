import { describe, expect, it } from "vitest";
import type { Bubble } from "../api";
import type { Heard } from "../call/api";
import type { Sms } from "../sms/api";
import { happened } from "./happened";

const bubble = (seq: number, at: number): Bubble => ({
  seq,
  at,
  id: `wamid.${seq}`,
  from: "citizen",
  type: "text",
  status: "sent",
});
const sms: Sms = {
  seq: 1,
  from: "town",
  id: "SM1",
  at: 20,
  text: "hola",
  segments: 1,
  encoding: "gsm7",
  status: "delivered",
};
const said: Heard = { seq: 1, kind: "said", text: "Hola", lang: "es-MX", at: 30 };
const pressed: Heard = { seq: 2, kind: "pressed", text: "1", at: 30 };

describe("what happened", () => {
  it("is one list of all channels, newest first", () => {
    const list = happened({
      bubbles: [bubble(1, 10), bubble(2, 40)],
      texts: [sms],
      call: "CA1",
      heard: [said, pressed],
    });
    expect(list.map(({ channel, at }) => `${channel} ${at}`)).toEqual([
      "whatsapp 40",
      "call 30",
      "call 30",
      "sms 20",
      "whatsapp 10",
    ]);
  });

  it("keeps what came in the same millisecond in its order", () => {
    const list = happened({ bubbles: [], texts: [], call: "CA1", heard: [said, pressed] });
    expect(list.map((one) => one.channel === "call" && one.kind)).toEqual(["pressed", "said"]);
  });

  it("knows who did what on the line", () => {
    const list = happened({ bubbles: [], texts: [], call: "CA1", heard: [said, pressed] });
    expect(list.map(({ from }) => from)).toEqual(["citizen", "town"]);
  });
});
