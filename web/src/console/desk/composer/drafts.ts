// What somebody began to write, kept on this computer per person and chat: a reload or an ended session loses nothing.
// An answer and a note are kept apart, so that a note never becomes an answer by switching.

export type Mode = "reply" | "note" | "whisper";
/** Also what is written with a move of a report. */
export type DraftKind = Mode | "move";

/** The part of localStorage that is needed. */
export interface Shelf {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

interface Draft {
  text: string;
  at: number;
}

const PREFIX = "ventanilla.draft.";
/** Closed chats leave drafts behind, and they may hold personal data. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

const keyOf = (person: string, chat: string, mode: DraftKind) => `${PREFIX}${person}.${chat}.${mode}`;

export function readDraft(shelf: Shelf, person: string, chat: string, mode: DraftKind): string {
  return parsed(quietly(() => shelf.getItem(keyOf(person, chat, mode))) ?? null)?.text ?? "";
}

export function writeDraft(
  shelf: Shelf,
  { person, chat, mode }: { person: string; chat: string; mode: DraftKind },
  text: string,
  now: number,
): void {
  const key = keyOf(person, chat, mode);
  quietly(() => {
    if (text === "") shelf.removeItem(key);
    else shelf.setItem(key, JSON.stringify({ text, at: now } satisfies Draft));
  });
}

/** Throws away what is older than a week or cannot be read. */
export function tidyDrafts(shelf: Shelf, now: number): void {
  quietly(() => {
    const keys = Array.from({ length: shelf.length }, (_, index) => shelf.key(index));
    for (const key of keys) {
      if (!key?.startsWith(PREFIX)) continue;
      const draft = parsed(shelf.getItem(key));
      if (!draft || now - draft.at > KEPT_MS) shelf.removeItem(key);
    }
  });
}

function parsed(stored: string | null): Draft | null {
  try {
    const draft = JSON.parse(stored ?? "null") as Partial<Draft> | null;
    return typeof draft?.text === "string" && typeof draft.at === "number" ? (draft as Draft) : null;
  } catch {
    return null;
  }
}

/** Storage may be off or full: then drafts live as long as the page. */
function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
