// What happened on all channels as one list, newest first: it is one conversation. Pure; Happened draws it.
import type { Bubble } from "../api";
import type { Heard } from "../call/api";
import type { Sms } from "../sms/api";

interface Common {
  key: string;
  /** Unix milliseconds. */
  at: number;
  from: "town" | "citizen";
  id: string;
}

export type Entry = Common &
  (
    | { channel: "whatsapp"; kind: Bubble["type"]; status: Bubble["status"] }
    | { channel: "sms"; segments: number; status: Sms["status"] }
    | { channel: "call"; kind: Heard["kind"] }
  );

export interface Told {
  bubbles: readonly Bubble[];
  texts: readonly Sms[];
  /** The call's id. */
  call: string;
  heard: readonly Heard[];
}

export function happened({ bubbles, texts, call, heard }: Told): Entry[] {
  const all: Entry[] = [
    ...bubbles.map(ofWhatsapp),
    ...texts.map(ofSms),
    ...heard.map((one) => ofCall(call, one)),
  ];
  // Equal times keep the order in which a channel told them; the whole is turned round at the end.
  return all.sort((a, b) => a.at - b.at).reverse();
}

function ofWhatsapp({ id, at, from, type, status }: Bubble): Entry {
  return { key: `whatsapp ${id}`, channel: "whatsapp", id, at, from, kind: type, status };
}

function ofSms({ id, at, from, segments, status }: Sms): Entry {
  return { key: `sms ${id}`, channel: "sms", id, at, from, segments, status };
}

function ofCall(call: string, { seq, at, kind }: Heard): Entry {
  const from = kind === "said" || kind === "dialing" ? "town" : "citizen";
  return { key: `${call} ${seq}`, channel: "call", id: call, at, from, kind };
}
