// What became of a chat, read from the lines that stand beside the talk: who did it is the author, and the text holds the
// reason, "name: note", or with what the assistant goes on. Pure; Happened.tsx has the words.
import type { Line } from "../../api/types";

const HAPPENINGS = ["claimed", "taken_over", "transferred", "closed"] as const;
export type Happening = Line & { kind: (typeof HAPPENINGS)[number] };

export function isHappening(line: Line): line is Happening {
  return HAPPENINGS.some((kind) => kind === line.kind);
}

/** Who attended before this line; null where it cannot be told, as after a chat was passed on. */
export function holderBefore(lines: readonly Line[], { id }: Line): string | null {
  let holder: string | null = null;
  for (const line of lines) {
    if (line.id === id) return holder;
    if (line.who === "agent" || line.kind === "claimed" || line.kind === "taken_over") holder = line.author;
    if (line.kind === "transferred" || line.kind === "closed") holder = null;
  }
  return holder;
}

/** To whom it was passed on, and the note that went with it. Without a name it went back to everybody's queue. */
export function passedTo(text: string | null): { to: string | null; note: string | null } {
  const [, to = "", note = ""] = /^([^:]*)(?::\s*(.*))?$/s.exec(text ?? "") ?? [];
  return { to: to.trim() || null, note: note.trim() || null };
}

export type GoesOn = { with: "resume" | "menu" | "nothing" } | { with: "flow"; flow: string };

export function goesOn(text: string | null): GoesOn {
  if (text === "resume" || text === "menu") return { with: text };
  return text?.startsWith("flow:") ? { with: "flow", flow: text.slice("flow:".length) } : { with: "nothing" };
}
