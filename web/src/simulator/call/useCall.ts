// The telephone of one person: starts a call, follows it, does what the caller does. Leaving hangs up.
import { type Dispatch, useEffect, useReducer, useRef, useState } from "react";
import { Refused } from "../shared/http";
import { listen } from "../shared/stream";
import {
  type Call,
  type CallState,
  callEventsUrl,
  type Doing,
  doOnCall,
  fetchCall,
  type Heard,
  hangUpOnLeaving,
  type Listening,
  startCall,
} from "./api";
import { type CallEvent, calling } from "./call";

export interface Telephone {
  /** The call that is going on, or the last one. */
  call: Call | null;
  /** What went wrong, as the simulator says it; `"unreachable"` when it says nothing. */
  problem: string | null;
  start: (from: string) => void;
  act: (doing: Doing) => void;
}

export function useCall(): Telephone {
  const [call, dispatch] = useReducer(calling, null);
  const [problem, setProblem] = useState<string | null>(null);
  const live = call && call.state !== "ended" ? call.call : null;
  useEffect(() => (live ? follow(live, dispatch) : undefined), [live]);
  useLeaving(live);

  // One after the other: keys must arrive in the order in which they were pressed.
  const queue = useRef(Promise.resolve());
  const attempt = (doing: () => Promise<unknown>) => {
    setProblem(null);
    queue.current = queue.current
      .then(doing)
      .then(() => {})
      .catch((error) => setProblem(error instanceof Refused ? error.message : "unreachable"));
  };
  const start = (from: string) =>
    attempt(async () => dispatch({ type: "begun", call: await startCall(from), from }));
  const act = (doing: Doing) => {
    if (live) attempt(() => doOnCall(live, doing));
  };
  return { call, problem, start, act };
}

/** Follows a call until the returned function is called. */
function follow(call: string, dispatch: Dispatch<CallEvent>): () => void {
  const stated = (state: CallState, listening: Listening | null) =>
    dispatch({ type: "state", call, state, listening });
  /** A simulator that was started anew does not know the call: then it has ended. */
  const check = async () => {
    if ((await fetchCall(call)) === null) stated("ended", null);
  };
  return listen(callEventsUrl(call), {
    events: {
      heard: (data) => dispatch({ type: "heard", call, heard: data as Heard }),
      state: (data) => {
        const { state, listening } = data as { state: CallState; listening: Listening | null };
        stated(state, listening);
      },
    },
    connection: (connection) => {
      // Unreachable for now: the stream tries again by itself.
      if (connection === "lost") check().catch(() => {});
    },
  });
}

/** Another person, or a closed page: nobody is left on the line. */
function useLeaving(live: string | null) {
  const current = useRef(live);
  useEffect(() => {
    current.current = live;
  }, [live]);
  useEffect(() => {
    const leave = () => {
      if (current.current) hangUpOnLeaving(current.current);
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, []);
}
