// Speaking with one's own voice, only where the browser recognises speech. It may send the sound to its maker: said so.
import { useEffect, useRef, useState } from "react";
import { useLanguage } from "../../text/language";
import { firstResult, type Recognition, recognition } from "./recognition";

interface Props {
  onSpeak: (text: string, confidence: number | null) => void;
}

export function Microphone({ onSpeak }: Props) {
  const { speak } = useLanguage().texts.simulator.call;
  const { possible, hearing, refused, toggle } = useMicrophone(onSpeak);
  if (!possible) return null;
  return (
    <>
      <button
        type="button"
        className="icon microphone"
        aria-label={speak.microphone}
        aria-pressed={hearing}
        title={speak.microphoneNote}
        onClick={toggle}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 15a3 3 0 0 0 3-3V6a3 3 0 1 0-6 0v6a3 3 0 0 0 3 3zm5-3a5 5 0 0 1-10 0H5a7 7 0 0 0 6 6.9V22h2v-3.1A7 7 0 0 0 19 12z" />
        </svg>
      </button>
      {refused && (
        <p className="call-problem" role="alert">
          {speak.microphoneRefused}
        </p>
      )}
    </>
  );
}

function useMicrophone(onSpeak: Props["onSpeak"]) {
  const Maker = recognition();
  const current = useRef<Recognition | null>(null);
  const [hearing, setHearing] = useState(false);
  const [refused, setRefused] = useState(false);
  useEffect(() => () => current.current?.abort(), []);

  const toggle = () => {
    if (hearing || !Maker) return current.current?.abort();
    const ear = new Maker();
    ear.lang = "es-MX";
    ear.onresult = ({ results }) => {
      const best = firstResult(results);
      // Browsers without a measure say 0.
      if (best) onSpeak(best.transcript.trim(), best.confidence > 0 ? best.confidence : null);
    };
    ear.onerror = ({ error }) => setRefused(error !== "aborted" && error !== "no-speech");
    ear.onend = () => setHearing(false);
    current.current = ear;
    setRefused(false);
    setHearing(true);
    ear.start();
  };
  return { possible: Maker !== null, hearing, refused, toggle };
}
