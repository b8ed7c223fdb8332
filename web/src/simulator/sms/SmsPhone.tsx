// The phone's SMS app: no pictures, no buttons, and every segment costs.
import { useLanguage } from "../../text/language";
import { PhoneFrame } from "../shared/PhoneFrame";
import type { Numbers } from "../twilio";
import { readableNumber } from "../twilio";
import { SmsComposer } from "./SmsComposer";
import { SmsThread } from "./SmsThread";
import type { SmsApp } from "./useSms";
import "./sms.css";

interface Props {
  town: string;
  number: Numbers["sms"]["number"];
  app: SmsApp;
}

export function SmsPhone({ town, number, app }: Props) {
  const { connection } = useLanguage().texts.simulator;
  return (
    <PhoneFrame className="sms-app">
      <header className="plain-header">
        <h2>{town}</h2>
        <p className={app.connection}>
          {readableNumber(number)}
          {app.connection !== "live" && ` · ${connection[app.connection]}`}
        </p>
      </header>
      <SmsThread town={town} app={app} />
      <SmsComposer onSend={app.send} />
    </PhoneFrame>
  );
}
