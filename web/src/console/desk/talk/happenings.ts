// What became of a chat, read from the lines that stand beside the talk: who did it is the author, and the text holds the
// reason, "name: note", or with what the assistant goes on. Pure; Happened.tsx has the words.
import type { Line } from "../../api/types";

const HAPPENINGS = [
  "claimed",
  "joined",
  "taken_over",
  "transferred",
  "closed",
  "call_planned",
  "call_withdrawn",
  "called",
  "filed",
  "appended",
  "lent",
  "came_back",
  "blocked",
  "unblocked",
] as const;
type Kind = (typeof HAPPENINGS)[number];
export type Happening = { [K in Kind]: Line & { kind: K } }[Kind];
export type OfACall = Extract<Happening, { kind: `call${string}` }>;

export function isOfACall(line: Happening): line is OfACall {
  return line.kind.startsWith("call");
}

export function isHappening(line: Line): line is Happening {
  return HAPPENINGS.some((kind) => kind === line.kind);
}

/** Who attended before this line; null where it cannot be told, as after a chat was passed on. */
export function holderBefore(lines: readonly Line[], { id }: Line): string | null {
  let holder: string | null = null;
  for (const line of lines) {
    if (line.id === id) return holder;
    if (
      line.who === "agent" ||
      line.kind === "claimed" ||
      line.kind === "joined" ||
      line.kind === "taken_over"
    )
      holder = line.author;
    if (line.kind === "transferred" || line.kind === "closed" || line.kind === "blocked") holder = null;
  }
  return holder;
}

/** To whom it was passed on, and the note that went with it. Without a name it went back to everybody's queue. */
export function passedTo(text: string | null): { to: string | null; note: string | null } {
  const [, to = "", note = ""] = /^([^:]*)(?::\s*(.*))?$/s.exec(text ?? "") ?? [];
  return { to: to.trim() || null, note: note.trim() || null };
}

/** When a call was promised for, and the note that went with it. */
export function callOf(text: string | null): { at: number | null; note: string | null } {
  const { to, note } = passedTo(text);
  const at = Number(to);
  return { at: to !== null && Number.isFinite(at) ? at : null, note };
}

export type GoesOn = { with: "resume" | "menu" | "nothing" } | { with: "flow"; flow: string };

/** The flow that a line tells of; null where it tells of none. */
export function flowOf({ kind, text }: Happening): string | null {
  if (kind === "lent" || kind === "came_back") return text;
  const next = kind === "closed" ? goesOn(text) : null;
  return next?.with === "flow" ? next.flow : null;
}

export function goesOn(text: string | null): GoesOn {
  if (text === "resume" || text === "menu") return { with: text };
  return text?.startsWith("flow:") ? { with: "flow", flow: text.slice("flow:".length) } : { with: "nothing" };
}
