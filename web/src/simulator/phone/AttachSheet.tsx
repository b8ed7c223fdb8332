// What else can be sent. A poll and a sticker are there because people send them and the town cannot read them.
import { useLanguage } from "../../text/language";
import type { Said } from "../api";
import type { Open } from "./Phone";
import { Sheet } from "./Sheet";

interface Props {
  onClose: () => void;
  onOpen: (open: Open) => void;
  onSay: (said: Said) => void;
  onVoice: () => void;
}

export function AttachSheet({ onClose, onOpen, onSay, onVoice }: Props) {
  const { attach } = useLanguage().texts.simulator;
  const unsupported = (kind: string) => onSay({ type: "unsupported", kind });
  return (
    <Sheet title={attach.heading} onClose={onClose}>
      <ul className="attachments">
        <Item sign="📍" name={attach.location} onChoose={() => onOpen({ kind: "place" })} />
        <Item sign="📷" name={attach.photo} onChoose={() => onOpen({ kind: "photo" })} />
        <Item sign="🎤" name={attach.voice} hint={attach.voiceHint} onChoose={onVoice} />
        <Item sign="👤" name={attach.card} onChoose={() => onOpen({ kind: "card" })} />
        <Item
          sign="📊"
          name={attach.poll}
          hint={attach.unsupportedHint}
          onChoose={() => unsupported("poll_creation")}
        />
        <Item
          sign="🌻"
          name={attach.sticker}
          hint={attach.unsupportedHint}
          onChoose={() => unsupported("sticker")}
        />
      </ul>
    </Sheet>
  );
}

interface ItemProps {
  sign: string;
  name: string;
  hint?: string;
  onChoose: () => void;
}

function Item({ sign, name, hint, onChoose }: ItemProps) {
  return (
    <li>
      <button type="button" onClick={onChoose}>
        <span className="sign" aria-hidden="true">
          {sign}
        </span>
        <span>{name}</span>
        {hint && <small>{hint}</small>}
      </button>
    </li>
  );
}
