// Connects one simulated WhatsApp phone: what it shows, whether it is connected, and what it sends.
import { useCallback, useEffect, useReducer, useState } from "react";
import { type Bubble, eventsUrl, type Said, say, sayPhoto, sayVoice, setProfile, type Tick } from "./api";
import { chat } from "./chat";
import type { Person } from "./people";
import { type Connection, listen } from "./shared/stream";
import { type Outbox, useOutbox } from "./shared/useOutbox";
import { sampleVoice } from "./voice/voice";

export type Outgoing =
  | { kind: "said"; said: Said }
  | { kind: "photo"; photo: Blob; caption: string }
  /** The recorded sample. */
  | { kind: "voice" };

export interface Chat extends Outbox<Outgoing> {
  bubbles: readonly Bubble[];
  connection: Connection;
  /** The town has said that it is writing. */
  typing: boolean;
}

export function useChat(person: Person): Chat {
  const { phone, name } = person;
  const deliverTo = useCallback((outgoing: Outgoing) => deliver({ phone, name }, outgoing), [phone, name]);
  return { ...useBubbles(phone), ...useOutbox(deliverTo) };
}

function useBubbles(phone: string) {
  const [bubbles, dispatch] = useReducer(chat, []);
  const [connection, setConnection] = useState<Connection>("connecting");
  const [typingUntil, setTypingUntil] = useState(0);
  useEffect(
    () =>
      listen(eventsUrl(phone), {
        events: {
          bubble: (data) => {
            const bubble = data as Bubble;
            dispatch({ type: "bubble", bubble });
            if (bubble.from === "town") setTypingUntil(0);
          },
          status: (data) => dispatch({ type: "status", ...(data as { id: string; status: Tick }) }),
          typing: (data) => setTypingUntil((data as { until: number }).until),
        },
        connection: setConnection,
      }),
    [phone],
  );
  return { bubbles, connection, typing: useUntil(typingUntil) };
}

/** True until then, in Unix milliseconds. */
function useUntil(until: number): boolean {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(until), Math.max(0, until - Date.now()));
    return () => clearTimeout(timer);
  }, [until]);
  return until > passed;
}

/** The profile goes first each time: a simulator that was started anew knows nobody. */
async function deliver({ phone, name }: Person, outgoing: Outgoing): Promise<void> {
  await setProfile(phone, name);
  switch (outgoing.kind) {
    case "said":
      return say(phone, outgoing.said);
    case "photo":
      return sayPhoto(phone, outgoing.photo, outgoing.caption);
    case "voice":
      return sayVoice(phone, await sampleVoice());
  }
}
