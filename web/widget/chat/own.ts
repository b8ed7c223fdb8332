// What the visitor says, and where it stands between what the town says.
import type { TownMessage } from "./message";

export type Said =
  | { type: "text"; text: string }
  | { type: "choice"; payload: string; title: string }
  | { type: "location"; lat: number; lon: number }
  | { type: "photo"; caption: string; thumbnail: string; media: string | null };

export interface OwnMessage {
  /** Made here and never changed: the server drops what comes twice. */
  id: string;
  at: number;
  /** Id of the newest message of the town when this was said: clocks of phones are wrong too often to sort by. */
  after: string;
  state: "waiting" | "sent" | "failed";
  said: Said;
}

export type Entry = { from: "town"; message: TownMessage } | { from: "me"; message: OwnMessage };

/** Both sides in the order they were said. Ids of the town grow with time and compare as text. */
export function inOrder(town: readonly TownMessage[], mine: readonly OwnMessage[]): Entry[] {
  const entries: Entry[] = [];
  let next = 0;
  const mineBefore = (id: string | null) => {
    for (let own = mine[next]; own && (id === null || own.after < id); own = mine[next]) {
      entries.push({ from: "me", message: own });
      next += 1;
    }
  };
  for (const message of town) {
    mineBefore(message.id);
    entries.push({ from: "town", message });
  }
  mineBefore(null);
  return entries;
}

/** The body that the server reads (adapters/src/webchat/payload.rs). */
export function wire({ id, said }: OwnMessage): Record<string, unknown> {
  if (said.type !== "photo") return { id, ...said };
  const caption = said.caption ? { caption: said.caption } : {};
  return { id, type: "photo", media: said.media, mime: "image/jpeg", ...caption };
}

export function isOwnMessage(value: unknown): value is OwnMessage {
  const own = value as Partial<OwnMessage> | null;
  if (typeof own !== "object" || own === null) return false;
  const said = own.said as { type?: unknown } | undefined;
  return typeof own.id === "string" && typeof own.after === "string" && typeof said?.type === "string";
}

/** 1 to 64 visible ASCII characters, never used before: time, and chance for two windows at once. */
export function newId(now: number): string {
  const chance = () => Math.random().toString(36).slice(2, 10);
  return `m-${now.toString(36)}-${chance()}${chance()}`;
}
