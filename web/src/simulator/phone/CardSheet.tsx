// Sharing a number: one's own, when the town asks for it or not, or an invented neighbour's card.
import { useLanguage } from "../../text/language";
import type { Bubble, Card, Said } from "../api";
import { type Person, readablePhone } from "../people";
import { Sheet } from "./Sheet";

interface Props {
  me: Person;
  /** The message that asks for the person's own number. */
  asked: Bubble | null;
  onClose: () => void;
  onSay: (said: Said) => void;
}

const NEIGHBOUR: Card = { name: "Doña Chela Balam", phone: "+52 982 555 0199" };

export function CardSheet({ me, asked, onClose, onSay }: Props) {
  const { card: words } = useLanguage().texts.simulator;
  const own: Card = { name: me.name, phone: readablePhone(me) };
  const share = () => onSay({ type: "own_contact", ...(asked && { message_id: asked.id }) });
  const shareNeighbour = () => onSay({ type: "contacts", contacts: [NEIGHBOUR] });
  return (
    <Sheet title={words.heading} onClose={onClose}>
      <p className="soft">{asked ? words.asked : words.lead}</p>
      <CardButton card={own} label={words.mine} onChoose={share} />
      {!asked && <CardButton card={NEIGHBOUR} label={words.another} onChoose={shareNeighbour} />}
    </Sheet>
  );
}

interface CardProps {
  card: Card;
  label: string;
  onChoose: () => void;
}

function CardButton({ card, label, onChoose }: CardProps) {
  return (
    <button type="button" className="card-button" onClick={onChoose}>
      <strong>{label}</strong>
      <span>{card.name}</span>
      <small>{card.phone}</small>
    </button>
  );
}
