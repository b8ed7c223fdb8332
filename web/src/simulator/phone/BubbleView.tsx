// One message: what it says, when, its ticks and reactions, and what can be tapped under it.
import { useLanguage } from "../../text/language";
import type { Bubble, Said } from "../api";
import type { Shown } from "../chat";
import { Choices } from "./Choices";
import { Content } from "./Content";
import type { Open } from "./Phone";
import { Ticks } from "./Ticks";
import { clock } from "./time";
import "./bubble.css";

interface Props {
  shown: Shown;
  /** The message this one answers, where it is known. */
  quoted: Bubble | undefined;
  /** Id of the choice that was made here already. */
  chosen: string | undefined;
  onSay: (said: Said) => void;
  onOpen: (open: Open) => void;
}

export function BubbleView({ shown, quoted, chosen, onSay, onOpen }: Props) {
  const { bubble, revoked, edited } = shown;
  const { lang, texts } = useLanguage();
  const { chat } = texts.simulator;
  const more = () => onOpen({ kind: "message", bubble });
  if (bubble.type === "system") return <p className="system">{bubble.text}</p>;
  return (
    <article className={`message ${bubble.from}`}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a long press opens what the button opens */}
      <div
        className="bubble"
        data-kind={bubble.type}
        onContextMenu={(event) => {
          // Links and pictures keep the browser's own menu.
          if ((event.target as Element).closest("a, img, audio, video")) return;
          event.preventDefault();
          more();
        }}
      >
        <span className="unseen">{bubble.from === "town" ? chat.fromTown : chat.fromYou}</span>
        {quoted && <Quote quoted={quoted} />}
        {revoked ? <p className="odd">{chat.revoked}</p> : <Content bubble={bubble} />}
        <footer>
          {edited && <span>{chat.edited}</span>}
          <time dateTime={new Date(bubble.at).toISOString()}>{clock(bubble.at, lang)}</time>
          {bubble.from === "citizen" && <Ticks status={bubble.status} />}
        </footer>
        <Reactions shown={shown} />
        {!revoked && (
          <button type="button" className="more" aria-label={chat.react} onClick={more}>
            <span aria-hidden="true">☺</span>
          </button>
        )}
      </div>
      {!revoked && <Choices bubble={bubble} chosen={chosen} onSay={onSay} onOpen={onOpen} />}
    </article>
  );
}

function Reactions({ shown: { reactions } }: { shown: Shown }) {
  const { chat } = useLanguage().texts.simulator;
  const { town, citizen } = reactions;
  if (!town && !citizen) return null;
  return (
    <p className="reactions">
      {town && (
        <span role="img" aria-label={chat.reactedTown(town)}>
          {town}
        </span>
      )}
      {citizen && (
        <span role="img" aria-label={chat.reactedYou(citizen)}>
          {citizen}
        </span>
      )}
    </p>
  );
}

function Quote({ quoted }: { quoted: Bubble }) {
  const { chat, kinds } = useLanguage().texts.simulator;
  return (
    <blockquote className="quote">
      <strong>{quoted.from === "town" ? chat.fromTown : chat.fromYou}</strong>
      <span>{quoted.text ?? kinds[quoted.type]}</span>
    </blockquote>
  );
}
