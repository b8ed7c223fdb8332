// The phone during a call: what the town said as captions, and all that a caller can do.
import { useLanguage } from "../../text/language";
import { PhoneFrame } from "../shared/PhoneFrame";
import { readableNumber } from "../twilio";
import type { Ear, Listening } from "./api";
import { Captions } from "./Captions";
import { Controls } from "./Controls";
import type { Telephone } from "./useCall";
import { hush, useReadAloud } from "./useReadAloud";
import { WaitingCall } from "./WaitingCall";
import "./call.css";

interface Props {
  town: string;
  /** The town's number. */
  number: string;
  /** The person's own, as the network writes it. */
  me: string;
  telephone: Telephone;
}

export function CallPhone({ town, number, me, telephone }: Props) {
  const words = useLanguage().texts.simulator.call;
  const { call, problem, act, start } = telephone;
  const reading = useReadAloud(call?.heard ?? NOTHING);
  const going = call !== null && call.state !== "ended";
  const hangUp = () => {
    hush();
    act({ act: "hangup" });
  };
  return (
    <PhoneFrame className="call-app">
      <header className="call-header">
        <h2>{town}</h2>
        <p>{readableNumber(number)}</p>
        <p className="call-state" aria-live="polite" data-state={call?.state ?? "idle"}>
          {call?.listening ? words.listens[waitsFor(call.listening)] : words.states[call?.state ?? "idle"]}
        </p>
      </header>
      {call ? <Captions heard={call.heard} /> : <p className="call-lead">{words.lead}</p>}
      {problem && (
        <p className="call-problem" role="alert">
          {problem === "unreachable" ? words.unreachable : problem}
        </p>
      )}
      {going ? (
        <Controls call={call} reading={reading} onDo={act} onHangUp={hangUp} />
      ) : (
        <WaitingCall me={me} again={call !== null} onStart={start} />
      )}
    </PhoneFrame>
  );
}

const NOTHING: readonly never[] = [];

function waitsFor({ input }: Listening): Ear | "both" {
  if (input.includes("speech") && input.includes("dtmf")) return "both";
  return input[0] ?? "speech";
}
