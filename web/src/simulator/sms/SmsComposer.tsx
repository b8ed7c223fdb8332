// Where an SMS is written. It says while one types how many segments it takes and which letters make it dear.
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { useLanguage } from "../../text/language";
import { SegmentNote } from "./SegmentNote";
import { costly, segmentsOf } from "./segments";

/** Twilio: a body holds at most 1,600 characters. */
const LONGEST = 1600;

export function SmsComposer({ onSend }: { onSend: (text: string) => void }) {
  const { sms } = useLanguage().texts.simulator;
  const [text, setText] = useState("");
  const input = useRef<HTMLTextAreaElement>(null);
  const counter = useId();

  const send = (event: FormEvent) => {
    event.preventDefault();
    input.current?.focus();
    if (!text.trim()) return;
    onSend(text.trim().normalize("NFC"));
    setText("");
  };
  const enterSends = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
  };

  return (
    <form className="sms-composer" onSubmit={send}>
      <div className="composer">
        <textarea
          ref={input}
          rows={1}
          value={text}
          maxLength={LONGEST}
          placeholder={sms.composer.placeholder}
          aria-label={sms.composer.label}
          aria-describedby={counter}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={enterSends}
        />
        <button type="submit" className="icon send" aria-label={sms.composer.send}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M3 20.5 21.5 12 3 3.5v6.6l11 1.9-11 1.9z" />
          </svg>
        </button>
      </div>
      <Counter id={counter} text={text.trim().normalize("NFC")} />
    </form>
  );
}

/** More letters than this are not listed. */
const LISTED = 6;

function Counter({ id, text }: { id: string; text: string }) {
  const { sms } = useLanguage().texts.simulator;
  const { segments, encoding, left } = segmentsOf(text);
  const dear = costly(text).slice(0, LISTED);
  return (
    <p id={id} className="counter">
      <SegmentNote segments={segments} encoding={encoding} /> <span>{sms.left(left)}</span>{" "}
      {dear.length > 0 && <span className="dear">{sms.dear(dear.join(" "))}</span>}
    </p>
  );
}
