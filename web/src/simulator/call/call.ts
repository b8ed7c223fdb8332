// A call as a value: what was heard, in order, and what it waits for. An ended call stays ended. Pure; useCall feeds it.
import type { Call, CallState, Heard, Listening } from "./api";

export type CallEvent =
  | { type: "begun"; call: string; from: string }
  | { type: "heard"; call: string; heard: Heard }
  | { type: "state"; call: string; state: CallState; listening: Listening | null };

export function calling(call: Call | null, event: CallEvent): Call | null {
  if (event.type === "begun") {
    return { call: event.call, from: event.from, state: "ringing", listening: null, heard: [] };
  }
  // A late word from the call before this one.
  if (call?.call !== event.call) return call;
  switch (event.type) {
    case "heard":
      return { ...call, heard: withHeard(call.heard, event.heard) };
    case "state":
      return call.state === "ended" ? call : { ...call, state: event.state, listening: event.listening };
  }
}

/** Every connection tells the whole call again, so most lines are known already. */
function withHeard(known: readonly Heard[], heard: Heard): readonly Heard[] {
  if (known.some(({ seq }) => seq === heard.seq)) return known;
  return [...known, heard].sort((a, b) => a.seq - b.seq);
}
