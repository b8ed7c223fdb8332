// What is within a bubble, by its kind.
import { useLanguage } from "../../text/language";
import type { Bubble, Card, Place } from "../api";
import { Formatted } from "../format/Formatted";
import { MediaView } from "./MediaView";

export function Content({ bubble }: { bubble: Bubble }) {
  const { chat } = useLanguage().texts.simulator;
  if (bubble.type === "unsupported") return <p className="odd">{chat.unsupported(bubble.text ?? "?")}</p>;
  return (
    <>
      {bubble.forwarded && <p className="label">{chat.forwarded}</p>}
      <MediaView bubble={bubble} />
      {bubble.location && <Pin place={bubble.location} label={chat.location} />}
      {bubble.contacts?.map((card) => (
        <CardView key={`${card.name} ${card.phone}`} card={card} />
      ))}
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

function CardView({ card }: { card: Card }) {
  return (
    <div className="pin">
      <span aria-hidden="true">👤</span>
      <div>
        <strong>{card.name}</strong>
        {card.phone && <small>{card.phone}</small>}
      </div>
    </div>
  );
}
