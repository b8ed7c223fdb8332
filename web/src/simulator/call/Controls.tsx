// What a caller can do while the call goes on.
import { useLanguage } from "../../text/language";
import type { Call, Doing } from "./api";
import { Keypad } from "./Keypad";
import { OutcomeChoice } from "./OutcomeChoice";
import { SpeakBox } from "./SpeakBox";
import type { ReadAloud } from "./useReadAloud";
import { HANDSET } from "./WaitingCall";
import "./controls.css";

interface Props {
  call: Call;
  reading: ReadAloud;
  onDo: (doing: Doing) => void;
  onHangUp: () => void;
}

export function Controls({ call, reading, onDo, onHangUp }: Props) {
  const connected = call.state === "listening" || call.state === "speaking";
  const speak = (text: string, confidence: number | null) =>
    onDo({ act: "speech", text, ...(confidence !== null && { confidence }) });
  return (
    <div className="call-controls">
      {call.state === "dialing" && <OutcomeChoice onChoose={(outcome) => onDo({ act: "dial", outcome })} />}
      {connected && <SpeakBox hints={call.listening?.hints ?? []} onSpeak={speak} />}
      <div className={connected ? "call-pad" : ""}>
        {connected && <Keypad call={call} onPress={(digits) => onDo({ act: "digits", digits })} />}
        <Row call={call} reading={reading} onDo={onDo} onHangUp={onHangUp} />
      </div>
    </div>
  );
}

function Row({ call, reading, onDo, onHangUp }: Props) {
  const words = useLanguage().texts.simulator.call;
  return (
    <div className="call-row">
      {reading.possible && (
        <button type="button" className="round" aria-pressed={reading.on} onClick={reading.toggle}>
          <span aria-hidden="true">{reading.on ? "🔊" : "🔈"}</span>
          {words.readAloud}
        </button>
      )}
      <button
        type="button"
        className="round"
        disabled={call.state !== "listening"}
        onClick={() => onDo({ act: "silence" })}
      >
        <span aria-hidden="true">🤫</span>
        {words.silence}
      </button>
      <button type="button" className="round hang-up" onClick={onHangUp}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={HANDSET} />
        </svg>
        {words.hangUp}
      </button>
    </div>
  );
}
