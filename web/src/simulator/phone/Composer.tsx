// The typing area. Enter sends, Shift+Enter makes a line; it grows with what is written.
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { useLanguage } from "../../text/language";
import type { Bubble } from "../api";

interface Props {
  /** The message that the next one answers. */
  quoted: Bubble | null;
  onUnquote: () => void;
  onWrite: (text: string) => void;
  onAttach: () => void;
}

/** WhatsApp: a text message holds at most 4,096 characters. */
const LONGEST = 4096;

export function Composer({ quoted, onUnquote, onWrite, onAttach }: Props) {
  const { composer } = useLanguage().texts.simulator;
  const [text, setText] = useState("");
  const input = useRef<HTMLTextAreaElement>(null);

  const send = (event: FormEvent) => {
    event.preventDefault();
    input.current?.focus();
    if (!text.trim()) return;
    onWrite(text.trim());
    setText("");
  };
  const enterSends = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
  };

  return (
    <form className="composer" onSubmit={send}>
      {quoted && <Quoted bubble={quoted} onUnquote={onUnquote} />}
      <button type="button" className="icon attach" aria-label={composer.attach} onClick={onAttach}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M11 4h2v7h7v2h-7v7h-2v-7H4v-2h7z" />
        </svg>
      </button>
      <textarea
        ref={input}
        rows={1}
        value={text}
        maxLength={LONGEST}
        placeholder={composer.placeholder}
        aria-label={composer.label}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={enterSends}
      />
      <button type="submit" className="icon send" aria-label={composer.send}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M3 20.5 21.5 12 3 3.5v6.6l11 1.9-11 1.9z" />
        </svg>
      </button>
    </form>
  );
}

function Quoted({ bubble, onUnquote }: { bubble: Bubble; onUnquote: () => void }) {
  const { composer, kinds } = useLanguage().texts.simulator;
  return (
    <div className="quoting">
      <p>
        <span className="unseen">{composer.quoting} </span>
        {bubble.text ?? kinds[bubble.type]}
      </p>
      <button type="button" className="icon" aria-label={composer.unquote} onClick={onUnquote}>
        <span aria-hidden="true">×</span>
      </button>
    </div>
  );
}
