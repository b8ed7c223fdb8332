// A simulated telephone call, as the simulator gives it.
import { get, send } from "../shared/http";

export type CallState = "ringing" | "speaking" | "listening" | "dialing" | "ended";

/** `record`: whatever is said is kept as a message. */
export type Ear = "speech" | "dtmf" | "record";

/** What the town waits for. */
export interface Listening {
  input: readonly Ear[];
  /** It goes on by itself after so many keys. */
  num_digits?: number | null;
  /** It goes on by itself after this key. */
  finish_on_key?: string | null;
  /** Words that the town expects to hear. */
  hints?: readonly string[];
}

/** One thing that was heard on the line. */
export interface Heard {
  seq: number;
  kind: "said" | "pressed" | "spoke" | "silence" | "dialing" | "ended";
  text?: string | null;
  /** BCP 47, such as es-MX; of what the town said. */
  lang?: string | null;
  /** Unix milliseconds. */
  at: number;
}

export interface Call {
  /** `CA` and 32 hexadecimal digits. */
  call: string;
  from: string;
  state: CallState;
  listening: Listening | null;
  heard: readonly Heard[];
}

/** How it goes when the town dials a person. `declined`: somebody picks up, but nobody takes the call. */
export type Outcome = "completed" | "declined" | "no-answer" | "busy";

const CALLS = "/simulator/api/calls";

/** Returns the call's id. */
export async function startCall(from: string): Promise<string> {
  const { call } = (await send("POST", CALLS, { from })) as { call: string };
  return call;
}

/** `null`: the simulator knows no such call (any more). */
export async function fetchCall(call: string): Promise<Call | null> {
  return (await get(`${CALLS}/${call}`)) as Call | null;
}

export function callEventsUrl(call: string): string {
  return `${CALLS}/${call}/events`;
}

/** What the caller does, by the last part of its address. */
export type Doing =
  | { act: "speech"; text: string; confidence?: number }
  | { act: "digits"; digits: string }
  | { act: "silence" }
  | { act: "hangup" }
  | { act: "dial"; outcome: Outcome };

export async function doOnCall(call: string, { act, ...body }: Doing): Promise<void> {
  await send("POST", `${CALLS}/${call}/${act}`, body);
}

/** Hangs up although the page is going away: the browser finishes the request without it. */
export function hangUpOnLeaving(call: string): void {
  const headers = { "content-type": "application/json" };
  fetch(`${CALLS}/${call}/hangup`, { method: "POST", body: "{}", headers, keepalive: true }).catch(() => {
    // The simulator is gone as well, and with it the call.
  });
}
