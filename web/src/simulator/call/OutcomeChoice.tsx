// The town dials somebody: whoever tests decides how that goes.
import { useLanguage } from "../../text/language";
import type { Outcome } from "./api";

const OUTCOMES: readonly Outcome[] = ["completed", "no-answer", "busy", "declined"];

export function OutcomeChoice({ onChoose }: { onChoose: (outcome: Outcome) => void }) {
  const words = useLanguage().texts.simulator.call;
  return (
    <fieldset className="outcomes">
      <legend>{words.dialing}</legend>
      {OUTCOMES.map((outcome) => (
        <button key={outcome} type="button" className="chip" onClick={() => onChoose(outcome)}>
          {words.outcomes[outcome]}
        </button>
      ))}
    </fieldset>
  );
}
