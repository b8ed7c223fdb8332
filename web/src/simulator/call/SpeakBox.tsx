// Speaking without a voice: what is typed arrives as if it had been recognised. Or with one, where the browser can.
import { type FormEvent, useId, useState } from "react";
import { useLanguage } from "../../text/language";
import { Microphone } from "./Microphone";

interface Props {
  /** Words that the town expects. */
  hints: readonly string[];
  /** `confidence`: how sure the recogniser is, 0 to 1; `null`: it does not say. */
  onSpeak: (text: string, confidence: number | null) => void;
}

const CLARITIES = { unsaid: null, clear: 0.92, fair: 0.55, poor: 0.2 } as const;

type Clarity = keyof typeof CLARITIES;

/** More hints than these only crowd the phone. */
const SHOWN = 4;

export function SpeakBox({ hints, onSpeak }: Props) {
  const { speak } = useLanguage().texts.simulator.call;
  const [text, setText] = useState("");
  const [clarity, setClarity] = useState<Clarity>("unsaid");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim()) return;
    onSpeak(text.trim(), CLARITIES[clarity]);
    setText("");
  };
  return (
    <form className="speak" onSubmit={send}>
      {hints.length > 0 && (
        <fieldset className="hints">
          <legend className="unseen">{speak.hints}</legend>
          {hints.slice(0, SHOWN).map((hint) => (
            <button
              key={hint}
              type="button"
              className="chip"
              onClick={() => onSpeak(hint, CLARITIES[clarity])}
            >
              «{hint}»
            </button>
          ))}
        </fieldset>
      )}
      <div className="speak-row">
        <input
          className="field"
          value={text}
          placeholder={speak.placeholder}
          aria-label={speak.label}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        <Microphone onSpeak={onSpeak} />
        <button type="submit" className="primary">
          {speak.send}
        </button>
      </div>
      <ClarityChoice clarity={clarity} onChange={setClarity} />
    </form>
  );
}

function ClarityChoice({ clarity, onChange }: { clarity: Clarity; onChange: (clarity: Clarity) => void }) {
  const { speak } = useLanguage().texts.simulator.call;
  const id = useId();
  return (
    <div className="clarity">
      <label htmlFor={id}>{speak.clarity}</label>
      <select id={id} value={clarity} onChange={(event) => onChange(event.target.value as Clarity)}>
        {(Object.keys(CLARITIES) as Clarity[]).map((one) => (
          <option key={one} value={one}>
            {speak.clarities[one]}
            {CLARITIES[one] !== null && ` (${CLARITIES[one]})`}
          </option>
        ))}
      </select>
    </div>
  );
}
