// Lines of a conversation by day and by who wrote them in one go. Pure.
import type { Line } from "../../api/types";

export interface Group {
  who: Line["who"];
  author: string | null;
  lines: Line[];
}
export interface Day {
  /** Midnight, local. */
  at: number;
  groups: Group[];
}

/** A pause after which the name is said again. */
const PAUSE_MS = 10 * 60_000;

export function byDay(lines: readonly Line[]): Day[] {
  const days: Day[] = [];
  for (const line of lines) {
    const at = new Date(line.at).setHours(0, 0, 0, 0);
    let day = days.at(-1);
    if (day?.at !== at) {
      day = { at, groups: [] };
      days.push(day);
    }
    const group = day.groups.at(-1);
    if (group && goesOn(group, line)) group.lines.push(line);
    else day.groups.push({ who: line.who, author: line.author, lines: [line] });
  }
  return days;
}

/** Kinds of notes that are named apart. */
function isApart(line: Line | undefined): string {
  return line?.kind === "whisper" || line?.kind === "proposal" ? line.kind : "";
}

function goesOn(group: Group, line: Line): boolean {
  const last = group.lines.at(-1);
  return (
    group.who === line.who &&
    group.author === line.author &&
    isApart(last) === isApart(line) &&
    last !== undefined &&
    line.at - last.at < PAUSE_MS
  );
}
