// The messages of one phone, oldest first, and where they end. New ones are read out politely.
import { useMemo } from "react";
import { useLanguage } from "../../text/language";
import type { Bubble, Said, Town } from "../api";
import { choicesMade, shown } from "../chat";
import { useEndInView } from "../shared/useEndInView";
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
  const { bubbles, unsent, connection, typing } = chat;
  const made = useMemo(() => choicesMade(bubbles), [bubbles]);
  const drawn = useMemo(() => shown(bubbles), [bubbles]);
  const quoted = (id: string | undefined) => bubbles.find((bubble) => bubble.id === id);
  const { frame, content } = useEndInView(lastOfMine(chat));
  const nothingYet = bubbles.length === 0 && unsent.length === 0 && connection === "live";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section ref={frame} className="conversation" aria-label={simulator.chat.label} tabIndex={0}>
      <div ref={content}>
        {nothingYet && <Suggestions town={town} onSay={onSay} />}
        <div className="bubbles" role="log" aria-live="polite" aria-relevant="additions">
          {drawn.map((one) => (
            <div key={one.bubble.id}>
              <BubbleView
                shown={one}
                quoted={quoted(one.bubble.reply_to)}
                chosen={made.get(one.bubble.id)}
                onSay={onSay}
                onOpen={onOpen}
              />
            </div>
          ))}
          {unsent.map((one) => (
            <div key={`unsent-${one.key}`}>
              <UnsentView unsent={one} chat={chat} />
            </div>
          ))}
        </div>
        {(typing || townIsWriting(bubbles)) && <Writing label={simulator.chat.typing} lasting={typing} />}
      </div>
    </section>
  );
}

function lastOfMine({ bubbles, unsent }: Chat): string | undefined {
  const failed = unsent.at(-1);
  return failed ? `unsent-${failed.key}` : bubbles.findLast(({ from }) => from === "citizen")?.id;
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

/** The town has it and has not answered. No answer may be due. */
function townIsWriting(bubbles: readonly Bubble[]): boolean {
  const last = bubbles.at(-1);
  if (last?.type === "reaction") return false;
  return last?.from === "citizen" && last.status !== "sent";
}

/** `lasting`: the town says when it is over; otherwise the dots give up by themselves. */
function Writing({ label, lasting }: { label: string; lasting: boolean }) {
  return (
    <div className={lasting ? "writing lasting" : "writing"} role="img" aria-label={label}>
      <span />
      <span />
      <span />
    </div>
  );
}
