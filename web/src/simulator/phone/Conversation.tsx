// The messages of one phone, oldest first, and where they end. New ones are read out politely.
import { useEffect, useMemo, useRef } from "react";
import { useLanguage } from "../../text/language";
import type { Bubble, Said, Town } from "../api";
import { choicesMade } from "../chat";
import type { Chat } from "../useChat";
import { BubbleView } from "./BubbleView";
import type { Open } from "./Phone";
import { UnsentView } from "./UnsentView";
import "./conversation.css";

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
  const { frame, content } = useEndInView(lastOfMine(chat));
  const nothingYet = bubbles.length === 0 && unsent.length === 0 && connection === "live";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section ref={frame} className="conversation" aria-label={simulator.chat.label} tabIndex={0}>
      <div ref={content}>
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
      </div>
    </section>
  );
}

function lastOfMine({ bubbles, unsent }: Chat): string | undefined {
  const failed = unsent.at(-1);
  return failed ? `unsent-${failed.key}` : bubbles.findLast(({ from }) => from === "citizen")?.id;
}

/** Nearer to the end than this (pixels) counts as being at the end. */
const NEAR = 80;

/**
 * Keeps the end in view while the conversation or the phone changes size (messages, photos, the keyboard), unless the
 * person has scrolled up to read; what the person sends is always shown. Only the conversation scrolls: `scrollIntoView` would move the phone too.
 */
function useEndInView(mine: string | undefined) {
  const frame = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [outer, inner] = [frame.current, content.current];
    if (!outer || !inner) return;
    let atEnd = true;
    const remember = () => {
      atEnd = outer.scrollHeight - outer.scrollTop - outer.clientHeight < NEAR;
    };
    const follow = new ResizeObserver(() => {
      if (atEnd) outer.scrollTop = outer.scrollHeight;
    });
    outer.addEventListener("scroll", remember);
    follow.observe(outer);
    follow.observe(inner);
    return () => {
      outer.removeEventListener("scroll", remember);
      follow.disconnect();
    };
  }, []);
  useEffect(() => {
    if (mine && frame.current) frame.current.scrollTop = frame.current.scrollHeight;
  }, [mine]);
  return { frame, content };
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

/** The town has it and has not answered. The dots give up by themselves (conversation.css): no answer may be due. */
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
