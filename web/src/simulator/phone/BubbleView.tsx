// One message: what it says, when, its ticks, and what can be tapped under it.
import { useLanguage } from "../../text/language";
import type { Bubble, Place, Said } from "../api";
import { Formatted } from "../format/Formatted";
import type { Open } from "./Phone";
import { Ticks } from "./Ticks";
import { clock } from "./time";

interface Props {
  bubble: Bubble;
  /** Id of the choice that was made here already. */
  chosen: string | undefined;
  onSay: (said: Said) => void;
  onOpen: (open: Open) => void;
}

export function BubbleView(props: Props) {
  const { bubble } = props;
  const { lang, texts } = useLanguage();
  const { chat } = texts.simulator;
  return (
    <article className={`message ${bubble.from}`}>
      <div className="bubble" data-kind={bubble.type}>
        <span className="unseen">{bubble.from === "town" ? chat.fromTown : chat.fromYou}</span>
        <Content bubble={bubble} />
        <footer>
          <time dateTime={new Date(bubble.at).toISOString()}>{clock(bubble.at, lang)}</time>
          {bubble.from === "citizen" && <Ticks status={bubble.status} />}
        </footer>
      </div>
      <Choices {...props} />
    </article>
  );
}

function Content({ bubble }: { bubble: Bubble }) {
  const { chat } = useLanguage().texts.simulator;
  if (bubble.type === "unsupported") return <p className="odd">{chat.unsupported(bubble.text ?? "?")}</p>;
  return (
    <>
      {bubble.media_url && <img className="picture" src={bubble.media_url} alt={chat.photoAlt} />}
      {bubble.type === "image" && !bubble.media_url && <p className="odd">📷 {chat.photo}</p>}
      {bubble.location && <Pin place={bubble.location} label={chat.location} />}
      {bubble.text && <Formatted text={bubble.text} />}
      {bubble.chosen?.description && <p className="soft">{bubble.chosen.description}</p>}
    </>
  );
}

function Pin({ place, label }: { place: Place; label: string }) {
  return (
    <div className="pin">
      <span aria-hidden="true">📍</span>
      <div>
        <strong>{place.name ?? label}</strong>
        <small>
          {place.latitude.toFixed(5)}, {place.longitude.toFixed(5)}
        </small>
      </div>
    </div>
  );
}

function Chosen({ label }: { label: string }) {
  return (
    <>
      <span aria-hidden="true"> ✓</span>
      <span className="unseen"> {label}</span>
    </>
  );
}

function Choices({ bubble, chosen, onSay, onOpen }: Props) {
  const { chat } = useLanguage().texts.simulator;
  switch (bubble.type) {
    case "buttons":
      return (
        <div className="replies">
          {bubble.buttons?.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              className="reply"
              disabled={chosen === id}
              onClick={() => onSay({ type: "button", id, title, message_id: bubble.id })}
            >
              {title}
              {chosen === id && <Chosen label={chat.chosen} />}
            </button>
          ))}
        </div>
      );
    case "list":
      return (
        <div className="replies">
          <button type="button" className="reply" onClick={() => onOpen({ kind: "list", bubble })}>
            <span aria-hidden="true">☰ </span>
            {bubble.list?.button}
          </button>
        </div>
      );
    case "location_request":
      return (
        <div className="replies">
          <button type="button" className="reply" onClick={() => onOpen({ kind: "place" })}>
            <span aria-hidden="true">📍 </span>
            {chat.sendLocation}
          </button>
        </div>
      );
    default:
      return null;
  }
}
