// One fault for the next so many messages.
import { useState } from "react";
import { useLanguage } from "../../text/language";
import { type Fault, META_FAULTS, needsCode, TWILIO_FAULTS, type TwilioFault } from "./api";
import { Count } from "./Count";

interface Props {
  /** There is a telephone whose faults can be armed. */
  telephone: boolean;
  onArm: (fault: Fault, code: number, times: number) => void;
  onDisarm: () => void;
}

/** "Something went wrong", as Meta says it. */
const FIRST_CODE = 131000;

export function ArmForm({ telephone, onArm, onDisarm }: Props) {
  const { faults } = useLanguage().texts.simulator;
  const [fault, setFault] = useState<Fault>("http_500");
  const [code, setCode] = useState(FIRST_CODE);
  const [times, setTimes] = useState(1);
  return (
    <form
      className="faults-form"
      onSubmit={(event) => {
        event.preventDefault();
        onArm(fault, code, times);
      }}
    >
      <label>
        {faults.which}
        <select value={fault} onChange={(event) => setFault(event.target.value as Fault)}>
          <Options label="WhatsApp" faults={[...META_FAULTS, "error_answer", "error_status"]} />
          {telephone && (
            <Options label={faults.telephone} faults={Object.keys(TWILIO_FAULTS) as TwilioFault[]} />
          )}
        </select>
      </label>
      {needsCode(fault) && <Count label={faults.code} value={code} min={0} max={999999} onChange={setCode} />}
      <Count label={faults.times} value={times} min={1} max={100} onChange={setTimes} />
      <button type="submit" className="quiet">
        {faults.arm}
      </button>
      <button type="button" className="quiet" onClick={onDisarm}>
        {faults.disarm}
      </button>
    </form>
  );
}

function Options({ label, faults }: { label: string; faults: readonly Fault[] }) {
  const { names } = useLanguage().texts.simulator.faults;
  return (
    <optgroup label={label}>
      {faults.map((fault) => (
        <option key={fault} value={fault}>
          {names[fault]}
        </option>
      ))}
    </optgroup>
  );
}
