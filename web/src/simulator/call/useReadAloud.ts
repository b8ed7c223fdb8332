// Reads aloud what the town says, with the browser's own voice. Off until somebody asks for it.
import { useEffect, useRef, useState } from "react";
import type { Heard } from "./api";

const LANGUAGE = "es-MX";

export interface ReadAloud {
  /** False where the browser has no voice. */
  possible: boolean;
  on: boolean;
  toggle: () => void;
}

export function useReadAloud(heard: readonly Heard[]): ReadAloud {
  const possible = "speechSynthesis" in window;
  const [on, setOn] = useState(false);
  const read = useRef(0);
  const newest = heard.at(-1)?.seq ?? 0;

  useEffect(() => {
    const from = read.current;
    // A new call has nothing to tell yet, so it begins at 0 again.
    read.current = newest;
    if (!on) return;
    const fresh = heard.filter(({ seq, kind }) => kind === "said" && seq > from);
    for (const one of fresh) speechSynthesis.speak(utterance(one));
  }, [on, heard, newest]);

  useEffect(() => {
    if (on) return hush;
  }, [on]);

  return { possible, on, toggle: () => setOn((was) => !was) };
}

/** Says nothing more; for who hangs up. What was said last is read to its end when the town hangs up. */
export function hush(): void {
  if ("speechSynthesis" in window) speechSynthesis.cancel();
}

function utterance({ text, lang }: Heard): SpeechSynthesisUtterance {
  const words = new SpeechSynthesisUtterance(text ?? "");
  words.lang = lang || LANGUAGE;
  const voices = speechSynthesis.getVoices();
  // "es_MX" on Android; any Spanish is better than an English voice that reads Spanish.
  const spoken = (voice: SpeechSynthesisVoice) => voice.lang.replace("_", "-");
  words.voice =
    voices.find((voice) => spoken(voice) === words.lang) ??
    voices.find((voice) => spoken(voice).slice(0, 2) === words.lang.slice(0, 2)) ??
    null;
  return words;
}
