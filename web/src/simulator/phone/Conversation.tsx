// The messages of one phone, oldest first, and where they end. New ones are read out politely.
import { useEffect, useMemo, useRef } from "react";
import { useLanguage } from "../../text/language";
import type { Bubble, Said, Town } from "../api";
import { choicesMade } from "../chat";
import type { Chat } from "../useChat";
import { BubbleView } from "./BubbleView";
import type { Open } from "./Phone";
import { UnsentView } from "./UnsentView";

interface Props {
  town: Town;
  chat: Chat;
  onSay: (said: Said) => void;
  onOpen: (open: Open) => void;
}

export function Conversation({ town, chat, onSay, onOpen }: Props) {
  const { simulator } = useLanguage().texts;
  const { bubbles, unsent, connection } = chat;
  const made = useMemo(() => choicesMade(bubbles), [bubbles]);
  const end = useEndInView(bubbles.length + unsent.length);
  const nothingYet = bubbles.length === 0 && unsent.length === 0 && connection === "live";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section className="conversation" aria-label={simulator.chat.label} tabIndex={0}>
      {nothingYet && <Suggestions town={town} onSay={onSay} />}
      <div className="bubbles" role="log" aria-live="polite" aria-relevant="additions">
        {bubbles.map((bubble) => (
          <div key={bubble.id}>
            <BubbleView bubble={bubble} chosen={made.get(bubble.id)} onSay={onSay} onOpen={onOpen} />
          </div>
        ))}
        {unsent.map((one) => (
          <div key={`unsent-${one.key}`}>
            <UnsentView unsent={one} chat={chat} />
          </div>
        ))}
      </div>
      {townIsWriting(bubbles) && <Writing label={simulator.chat.typing} />}
      <div ref={end} />
    </section>
  );
}

function useEndInView(length: number) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (length > 0) end.current?.scrollIntoView({ block: "end" });
  }, [length]);
  return end;
}

function Suggestions({ town, onSay }: { town: Town; onSay: (said: Said) => void }) {
  const { chat } = useLanguage().texts.simulator;
  return (
    <div className="suggestions">
      <p>{chat.welcome(town.name)}</p>
      {chat.suggestions.map((text) => (
        <button key={text} type="button" className="chip" onClick={() => onSay({ type: "text", text })}>
          {text}
        </button>
      ))}
    </div>
  );
}

/** The town has it and has not answered. The dots give up by themselves (phone.css): no answer may be due. */
function townIsWriting(bubbles: readonly Bubble[]): boolean {
  const last = bubbles.at(-1);
  return last?.from === "citizen" && last.status !== "sent";
}

function Writing({ label }: { label: string }) {
  return (
    <div className="writing" role="img" aria-label={label}>
      <span />
      <span />
      <span />
    </div>
  );
}
