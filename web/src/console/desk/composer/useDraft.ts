import { useState } from "react";
import { useMe } from "../../session/session";
import { type DraftKind, readDraft, writeDraft } from "./drafts";

export interface DraftText {
  text: string;
  set: (text: string) => void;
}

/** What is being written here, kept on this computer at each key. */
export function useDraft(chat: string, mode: DraftKind): DraftText {
  const { id: person } = useMe();
  const [text, setText] = useState(() => readDraft(localStorage, person, chat, mode));
  const set = (next: string) => {
    setText(next);
    writeDraft(localStorage, { person, chat, mode }, next, Date.now());
  };
  return { text, set };
}
