// What a phone shows, as a value: bubbles by number, ticks that only go up, reactions on what they are about. Pure;
// useChat feeds it.
import type { Bubble, Tick } from "./api";

export type ChatEvent = { type: "bubble"; bubble: Bubble } | { type: "status"; id: string; status: Tick };

const ORDER: Record<Tick, number> = { sent: 0, delivered: 1, read: 2 };

export function chat(bubbles: readonly Bubble[], event: ChatEvent): readonly Bubble[] {
  switch (event.type) {
    case "bubble":
      return withBubble(bubbles, event.bubble);
    case "status":
      return bubbles.map((known) => (known.id === event.id ? raised(known, event.status) : known));
  }
}

/** Every connection tells the whole history again, so most bubbles are known already. */
function withBubble(bubbles: readonly Bubble[], bubble: Bubble): readonly Bubble[] {
  const known = bubbles.find((other) => other.seq === bubble.seq);
  if (known?.id === bubble.id) {
    return bubbles.map((other) => (other === known ? raised(other, bubble.status) : other));
  }
  // Another message under a known number: the simulator was started anew and counts from 1 again.
  const kept = known ? bubbles.filter((other) => other.seq < bubble.seq) : bubbles;
  return [...kept, bubble].sort((a, b) => a.seq - b.seq);
}

function raised(bubble: Bubble, status: Tick): Bubble {
  return ORDER[status] > ORDER[bubble.status] ? { ...bubble, status } : bubble;
}

/** Ids of the choices that were made already, by the message that offered them. */
export function choicesMade(bubbles: readonly Bubble[]): ReadonlyMap<string, string> {
  return new Map(bubbles.flatMap(({ chosen }) => (chosen ? [[chosen.message_id, chosen.id]] : [])));
}

/** A bubble as it is drawn, with what happened to it later. */
export interface Shown {
  bubble: Bubble;
  /** At most one from each side; the newest counts. */
  reactions: { town?: string; citizen?: string };
  edited: boolean;
  revoked: boolean;
}

/** Reactions, edits and revocations are no bubbles of their own: they change the one they are about. */
export function shown(bubbles: readonly Bubble[]): Shown[] {
  const all = new Map<string, Shown>();
  for (const bubble of bubbles) {
    const target = bubble.target === undefined ? undefined : all.get(bubble.target);
    if (!isAbout(bubble)) all.set(bubble.id, { bubble, reactions: {}, edited: false, revoked: false });
    else if (target) change(target, bubble);
  }
  return [...all.values()];
}

function isAbout({ type }: Bubble): boolean {
  return type === "reaction" || type === "edit" || type === "revoke";
}

function change(target: Shown, { type, from, emoji, text }: Bubble): void {
  if (type === "revoke") target.revoked = true;
  if (type === "edit") {
    target.edited = true;
    if (text !== undefined) target.bubble = { ...target.bubble, text };
  }
  if (type === "reaction") {
    delete target.reactions[from];
    if (emoji) target.reactions[from] = emoji;
  }
}
