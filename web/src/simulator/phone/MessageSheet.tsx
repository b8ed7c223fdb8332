// What one can do with a message: react to it, take that back, or answer it with a quote.
import { useLanguage } from "../../text/language";
import type { Bubble, Said } from "../api";
import { Sheet } from "./Sheet";

const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🙏"] as const;

interface Props {
  bubble: Bubble;
  /** The person's own reaction so far. */
  mine: string | undefined;
  onClose: () => void;
  onSay: (said: Said) => void;
  onQuote: (bubble: Bubble) => void;
}

export function MessageSheet({ bubble, mine, onClose, onSay, onQuote }: Props) {
  const { message } = useLanguage().texts.simulator;
  const react = (emoji: string) =>
    onSay({ type: "reaction", message_id: bubble.id, ...(emoji !== mine && { emoji }) });
  return (
    <Sheet title={message.heading} onClose={onClose}>
      <fieldset className="emoji">
        <legend className="unseen">{message.emoji}</legend>
        {EMOJI.map((emoji) => (
          <button
            key={emoji}
            type="button"
            className="icon"
            aria-pressed={emoji === mine}
            onClick={() => react(emoji)}
          >
            {emoji}
          </button>
        ))}
      </fieldset>
      <p className="soft">{message.note}</p>
      <button type="button" className="primary wide" onClick={() => onQuote(bubble)}>
        {message.quote}
      </button>
    </Sheet>
  );
}
