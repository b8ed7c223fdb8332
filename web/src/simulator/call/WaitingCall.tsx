// Before a call, and after one: who calls, and the button that calls.
import { useState } from "react";
import { useLanguage } from "../../text/language";
import { readableNumber } from "../twilio";

interface Props {
  me: string;
  again: boolean;
  onStart: (from: string) => void;
}

export function WaitingCall({ me, again, onStart }: Props) {
  const words = useLanguage().texts.simulator.call;
  const [hidden, setHidden] = useState(false);
  return (
    <div className="call-waiting">
      <label className="check">
        <input type="checkbox" checked={hidden} onChange={(event) => setHidden(event.target.checked)} />
        <span>
          {words.hide}
          <small>{hidden ? words.hiddenNote : words.from(readableNumber(me))}</small>
        </span>
      </label>
      <button type="button" className="call-start" onClick={() => onStart(hidden ? "anonymous" : me)}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={HANDSET} />
        </svg>
        {again ? words.again : words.start}
      </button>
    </div>
  );
}

export const HANDSET =
  "M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11.4 11.4 0 0 0 3.6.57 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1 11.4 11.4 0 0 0 .57 3.6 1 1 0 0 1-.25 1z";
