// The browser's own speech recognition, where it has one. Browsers still differ in its name.

interface Alternative {
  transcript: string;
  confidence: number;
}

export interface Recognition {
  lang: string;
  onresult: ((event: { results: ArrayLike<ArrayLike<Alternative>> }) => void) | null;
  onend: (() => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  start: () => void;
  abort: () => void;
}

type Maker = new () => Recognition;

/** `null` where the browser cannot do it. */
export function recognition(): Maker | null {
  const { SpeechRecognition, webkitSpeechRecognition } = window as unknown as Record<
    string,
    Maker | undefined
  >;
  return SpeechRecognition ?? webkitSpeechRecognition ?? null;
}

/** The first thing that was understood; some browsers give a confidence of 0 when they have none. */
export function firstResult(results: ArrayLike<ArrayLike<Alternative>>): Alternative | null {
  const best = results[0]?.[0];
  return best?.transcript.trim() ? best : null;
}
