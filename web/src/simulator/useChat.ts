// Connects one simulated phone: what it shows, whether it is connected, and sending with a second try.
import { useCallback, useEffect, useReducer, useState } from "react";
import { type Bubble, eventsUrl, type Said, say, sayPhoto, setProfile, type Tick } from "./api";
import { chat } from "./chat";
import type { Person } from "./people";

export type Connection = "connecting" | "live" | "lost";

export type Outgoing = { kind: "said"; said: Said } | { kind: "photo"; photo: Blob; caption: string };

/** What could not be sent and waits for the person to try again or let go. */
export interface Unsent {
  key: number;
  outgoing: Outgoing;
}

export interface Chat {
  bubbles: readonly Bubble[];
  connection: Connection;
  unsent: readonly Unsent[];
  send: (outgoing: Outgoing) => void;
  retry: (unsent: Unsent) => void;
  discard: (unsent: Unsent) => void;
}

export function useChat(person: Person): Chat {
  const { bubbles, connection } = useBubbles(person.phone);
  return { bubbles, connection, ...useOutbox(person) };
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

function useBubbles(phone: string) {
  const [bubbles, dispatch] = useReducer(chat, []);
  const [connection, setConnection] = useState<Connection>("connecting");
  useEffect(() => {
    dispatch({ type: "other_phone" });
    setConnection("connecting");
    return connect(phone, {
      bubble: (bubble) => dispatch({ type: "bubble", bubble }),
      status: (id, status) => dispatch({ type: "status", id, status }),
      connection: setConnection,
    });
  }, [phone]);
  return { bubbles, connection };
}

interface Listener {
  bubble: (bubble: Bubble) => void;
  status: (id: string, status: Tick) => void;
  connection: (connection: Connection) => void;
}

/**
 * Listens until the returned function is called. Each connection begins with the whole history: ticks that were missed
 * in between, and a simulator that was started anew, come right without a second request. That is why EventSource's
 * own reconnecting (from the last number) is not used.
 */
function connect(phone: string, listener: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  const open = () => {
    source = new EventSource(eventsUrl(phone));
    source.addEventListener("open", () => {
      wait = FIRST_WAIT_MS;
      listener.connection("live");
    });
    source.addEventListener("bubble", (event) => listener.bubble(JSON.parse(event.data)));
    source.addEventListener("status", (event) => {
      const { id, status } = JSON.parse(event.data);
      listener.status(id, status);
    });
    source.addEventListener("error", () => {
      source?.close();
      listener.connection("lost");
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

let lastKey = 0;

function useOutbox({ phone, name }: Person) {
  const [unsent, setUnsent] = useState<readonly Unsent[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another phone has other unsent messages
  useEffect(() => setUnsent([]), [phone]);

  const send = useCallback(
    (outgoing: Outgoing) => {
      deliver(phone, name, outgoing).catch(() => {
        lastKey += 1;
        const failed = { key: lastKey, outgoing };
        setUnsent((all) => [...all, failed]);
      });
    },
    [phone, name],
  );
  const discard = useCallback((gone: Unsent) => setUnsent((all) => all.filter((one) => one !== gone)), []);
  const retry = useCallback(
    (again: Unsent) => {
      discard(again);
      send(again.outgoing);
    },
    [discard, send],
  );
  return { unsent, send, retry, discard };
}

/** The profile goes first each time: a simulator that was started anew knows nobody. */
async function deliver(phone: string, name: string, outgoing: Outgoing): Promise<void> {
  await setProfile(phone, name);
  if (outgoing.kind === "said") return say(phone, outgoing.said);
  return sayPhoto(phone, outgoing.photo, outgoing.caption);
}
