// Lines for tests.
import type { Line } from "../../api/types";

export function aLine(id: string, at: number, who: Line["who"], more: Partial<Line> = {}): Line {
  return {
    id,
    at,
    who,
    author: null,
    text: "hola",
    kind: "text",
    place: null,
    media: null,
    transcript: null,
    options: [],
    delivery: null,
    problem: null,
    undo_until: null,
    proposal: null,
    ...more,
  };
}
