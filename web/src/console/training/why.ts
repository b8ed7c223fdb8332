// What an explanation says, put so that it can be read: which sentence, and which words weighed how much. Pure.
import type { Explained } from "../api/types";

/** Which of the sentences `training.decision.*` says what the assistant does. */
export function decisionOf({ decision, danger }: Pick<Explained, "decision" | "danger">) {
  if (danger.alarm) return danger.alarm.at_once ? "danger_at_once" : "danger_asked";
  return decision;
}

/** What that sentence names. */
export function namedBy({ danger, intents }: Pick<Explained, "danger" | "intents">): string {
  return danger.alarm?.intent.title ?? intents[0]?.label ?? "";
}

export type Strength = "much" | "some" | "little";

export interface Weighed {
  word: string;
  strength: Strength;
}

const MOST_FOR = 6;
const MOST_AGAINST = 3;
/** Below this share of the heaviest word, a word made no difference. */
const NOTHING = 0.05;
const LITTLE = 0.2;
const MUCH = 0.6;

/** Both heads count in logarithms, so what a word said to the two is added up. A word that is said twice counts once. */
export function weighed(words: Explained["words"]): { for: Weighed[]; against: Weighed[] } {
  const sums = new Map<string, number>();
  for (const { word, by_words, by_sense } of words)
    sums.set(word, Math.max(by_words + (by_sense ?? 0), sums.get(word) ?? Number.NEGATIVE_INFINITY));
  const heaviest = Math.max(...[...sums.values()].map(Math.abs), 0);
  const counting = [...sums].filter(([, sum]) => Math.abs(sum) > NOTHING * heaviest);
  const told = (side: 1 | -1, most: number) =>
    counting
      .filter(([, sum]) => sum * side > 0)
      .sort(([, a], [, b]) => (b - a) * side)
      .slice(0, most)
      .map(([word, sum]) => ({ word, strength: strengthOf(Math.abs(sum) / heaviest) }));
  return { for: told(1, MOST_FOR), against: told(-1, MOST_AGAINST) };
}

function strengthOf(share: number): Strength {
  if (share >= MUCH) return "much";
  return share >= LITTLE ? "some" : "little";
}

/** Spelling was mended, and not only signs and capitals. */
export function wasMended(typed: string, readAs: string): boolean {
  const bare = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  return bare(typed) !== bare(readAs);
}

const KINDS = [
  "curp",
  "rfc",
  "email",
  "folio",
  "plate",
  "phone",
  "amount",
  "since",
  "danger",
  "place",
  "date",
  "time",
  "person_name",
  "size",
  "number",
] as const;

/** What the text names, of kinds that have a name here. */
export function named(entities: Explained["entities"]) {
  return entities.flatMap(({ kind, text }) => {
    const known = KINDS.find((one) => one === kind);
    return known ? [{ kind: known, text }] : [];
  });
}
