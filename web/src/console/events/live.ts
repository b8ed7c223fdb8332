// The stream of the desk: does what effects.ts says, and holds on through lost connections.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { EVENTS_URL } from "../api/desk";
import { KEYS } from "../api/keys";
import type { Chat } from "../api/types";
import { sessionEnded } from "../session/session";
import { tellArrival, tellWhisper } from "./alerts";
import { AFTER_RECONNECT, type Effects, EVENTS, effectsOf } from "./effects";
import { seldom } from "./seldom";
import { whispered } from "./whispers";

export type Connection = "connecting" | "live" | "lost";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 20_000;
/** Events come in bursts; the server is asked once for each burst. */
const GATHER_MS = 200;
const LISTS = { everyMs: 3000, jitterMs: 600 };

type Queries = ReturnType<typeof useQueryClient>;

/** Gathers keys for a moment, then makes their answers old. */
function gathering(queries: Queries) {
  const keys = new Map<string, readonly unknown[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    for (const queryKey of keys.values()) void queries.invalidateQueries({ queryKey });
    keys.clear();
  };
  return {
    add(stale: Effects["stale"]) {
      for (const key of stale) keys.set(JSON.stringify(key), key);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

/** What the stream made old and is not fetched yet. */
function whatIsOld(queries: Queries) {
  const fetchLists = () => {
    void queries.invalidateQueries({ queryKey: KEYS.chats });
    void queries.invalidateQueries({ queryKey: KEYS.talks });
  };
  return { chats: gathering(queries), lists: seldom(fetchLists, LISTS) };
}

type Old = ReturnType<typeof whatIsOld>;

function apply(queries: Queries, effects: Effects, { chats, lists }: Old): void {
  if (effects.stale.length > 0) chats.add(effects.stale);
  if (effects.lists) lists.ask();
  // Of hundreds of talks that change, one is open.
  const open = effects.talks?.map(KEYS.talk).filter((key) => queries.getQueryState(key)) ?? [];
  if (open.length > 0) chats.add(open);
  if (effects.whispered) {
    tellWhisper(effects.whispered);
    whispered(effects.whispered);
  }
  if (effects.viewers) {
    const { chat, viewers } = effects.viewers;
    queries.setQueryData<Chat>(KEYS.chat(chat), (known) => known && { ...known, viewers });
  }
  if (effects.arrived) tellArrival(effects.arrived);
  if (effects.ended) sessionEnded();
}

/** Listens while `on`. */
export function useLive(on: boolean): Connection {
  const queries = useQueryClient();
  const [connection, setConnection] = useState<Connection>("connecting");
  useEffect(() => {
    if (!on) return;
    const old = whatIsOld(queries);
    const stop = listen(queries, old, setConnection);
    window.addEventListener("focus", old.lists.hurry);
    return () => {
      window.removeEventListener("focus", old.lists.hurry);
      stop();
      old.chats.stop();
      old.lists.stop();
    };
  }, [on, queries]);
  return connection;
}

/** Own reconnecting instead of EventSource's: it pauses longer each time and looks at the session. */
function listen(queries: Queries, old: Old, tell: (connection: Connection) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let opened = false;
  const open = () => {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(EVENTS_URL);
    source.addEventListener("open", () => {
      wait = FIRST_WAIT_MS;
      // With the stream one is no longer offline to the others.
      old.chats.add(opened ? AFTER_RECONNECT.stale : [KEYS.colleagues]);
      opened = true;
      tell("live");
    });
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => apply(queries, effectsOf(name, parsed(event)), old));
    }
    source.addEventListener("error", () => {
      source?.close();
      tell("lost");
      // An EventSource does not say why it was refused; this request does.
      void queries.invalidateQueries({ queryKey: KEYS.me, exact: true });
      timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
  };
  open();
  window.addEventListener("online", open);
  return () => {
    window.removeEventListener("online", open);
    clearTimeout(timer);
    source?.close();
  };
}

function parsed(event: MessageEvent): unknown {
  try {
    return JSON.parse(event.data);
  } catch {
    return null;
  }
}
