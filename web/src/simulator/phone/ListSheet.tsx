// The rows of a list message; one tap chooses.
import type { Bubble, Said } from "../api";
import { Sheet } from "./Sheet";

interface Props {
  bubble: Bubble;
  onClose: () => void;
  onSay: (said: Said) => void;
}

export function ListSheet({ bubble, onClose, onSay }: Props) {
  return (
    <Sheet title={bubble.list?.button ?? ""} onClose={onClose}>
      <ul className="rows">
        {bubble.list?.rows.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => onSay({ type: "row", message_id: bubble.id, ...row })}>
              <span>{row.title}</span>
              {row.description && <small>{row.description}</small>}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
