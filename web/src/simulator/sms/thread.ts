// What the SMS app shows, as a value: texts by number, and a status that never goes back. Pure; useSms feeds it.
import type { Sms, SmsStatus } from "./api";

export type ThreadEvent = { type: "text"; text: Sms } | { type: "status"; id: string; status: SmsStatus };

/** How far a message got. Those of 5 are ends: none takes the place of another. */
const ORDER: Record<SmsStatus, number> = {
  scheduled: 0,
  accepted: 1,
  queued: 2,
  sending: 3,
  receiving: 3,
  sent: 4,
  received: 5,
  delivered: 5,
  undelivered: 5,
  failed: 5,
  canceled: 5,
  read: 6,
};

export function thread(texts: readonly Sms[], event: ThreadEvent): readonly Sms[] {
  if (event.type === "text") return withText(texts, event.text);
  return texts.map((known) => (known.id === event.id ? raised(known, event.status) : known));
}

/** Every connection tells the whole history again, so most texts are known already. */
function withText(texts: readonly Sms[], text: Sms): readonly Sms[] {
  const known = texts.find((other) => other.seq === text.seq);
  if (known?.id === text.id) {
    return texts.map((other) => (other === known ? raised(other, text.status) : other));
  }
  // Another text under a known number: the simulator was started anew and counts from 1 again.
  const kept = known ? texts.filter((other) => other.seq < text.seq) : texts;
  return [...kept, text].sort((a, b) => a.seq - b.seq);
}

function raised(text: Sms, status: SmsStatus): Sms {
  return ORDER[status] > ORDER[text.status] ? { ...text, status } : text;
}
