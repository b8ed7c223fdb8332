// The phone: header, conversation, composer, and one sheet at a time over them.
import { useLayoutEffect, useRef, useState } from "react";
import { LanguageSwitch, useLanguage } from "../../text/language";
import type { Bubble, Said, Town } from "../api";
import { shown } from "../chat";
import { PeopleChooser } from "../PeopleChooser";
import type { People } from "../people";
import { PhotoSheet } from "../photo/PhotoSheet";
import { PlaceSheet } from "../place/PlaceSheet";
import { PhoneFrame } from "../shared/PhoneFrame";
import type { Chat, Outgoing } from "../useChat";
import { AttachSheet } from "./AttachSheet";
import { CardSheet } from "./CardSheet";
import { Composer } from "./Composer";
import { Conversation } from "./Conversation";
import { Header } from "./Header";
import { ListSheet } from "./ListSheet";
import { MessageSheet } from "./MessageSheet";
import { Sheet } from "./Sheet";
import "./phone.css";
import "./sheets.css";

export type Open =
  | { kind: "attach" | "place" | "photo" | "menu" | "card" }
  /** The choices of a list, what one can do with a message, or the number a message asks for. */
  | { kind: "list" | "message" | "number"; bubble: Bubble };

interface Props {
  town: Town;
  people: People;
  chat: Chat;
}

export function Phone({ town, people, chat }: Props) {
  const [open, setOpen] = useOpen();
  const [quoted, setQuoted] = useState<Bubble | null>(null);
  const say = (said: Said) => chat.send({ kind: "said", said });
  const write = (text: string) => {
    const said = { type: "text", text } as const;
    say(quoted ? { type: "reply", message_id: quoted.id, said } : said);
    setQuoted(null);
  };
  const over = open && (
    <OpenSheet open={open} people={people} chat={chat} onOpen={setOpen} onQuote={setQuoted} />
  );
  return (
    <PhoneFrame over={over}>
      <Header town={town} connection={chat.connection} onMenu={() => setOpen({ kind: "menu" })} />
      <Conversation town={town} chat={chat} onSay={say} onOpen={setOpen} />
      <Composer
        quoted={quoted}
        onUnquote={() => setQuoted(null)}
        onWrite={write}
        onAttach={() => setOpen({ kind: "attach" })}
      />
    </PhoneFrame>
  );
}

/** Which sheet is open. When the last one closes, focus goes back to what opened the first. */
function useOpen() {
  const [open, setOpen] = useState<Open | null>(null);
  const opener = useRef<Element | null>(null);
  const change = (next: Open | null) => {
    if (!open) opener.current = document.activeElement;
    setOpen(next);
  };
  useLayoutEffect(() => {
    if (!open && opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
  }, [open]);
  return [open, change] as const;
}

interface OpenProps {
  open: Open;
  people: People;
  chat: Chat;
  onOpen: (open: Open | null) => void;
  onQuote: (bubble: Bubble) => void;
}

function OpenSheet({ open, people, chat, onOpen, onQuote }: OpenProps) {
  const close = () => onOpen(null);
  const send = (outgoing: Outgoing) => {
    chat.send(outgoing);
    close();
  };
  const say = (said: Said) => send({ kind: "said", said });
  switch (open.kind) {
    case "attach":
      return (
        <AttachSheet onClose={close} onOpen={onOpen} onSay={say} onVoice={() => send({ kind: "voice" })} />
      );
    case "place":
      return <PlaceSheet onClose={close} onSend={say} />;
    case "photo":
      return (
        <PhotoSheet onClose={close} onSend={(photo, caption) => send({ kind: "photo", photo, caption })} />
      );
    case "list":
      return <ListSheet bubble={open.bubble} onClose={close} onSay={say} />;
    case "message": {
      const quote = (bubble: Bubble) => {
        onQuote(bubble);
        close();
      };
      const mine = shown(chat.bubbles).find(({ bubble }) => bubble.id === open.bubble.id)?.reactions.citizen;
      return <MessageSheet bubble={open.bubble} mine={mine} onClose={close} onSay={say} onQuote={quote} />;
    }
    case "card":
      return <CardSheet me={people.me} asked={null} onClose={close} onSay={say} />;
    case "number":
      return <CardSheet me={people.me} asked={open.bubble} onClose={close} onSay={say} />;
    case "menu":
      return <MenuSheet people={people} onClose={close} />;
  }
}

function MenuSheet({ people, onClose }: { people: People; onClose: () => void }) {
  const { simulator } = useLanguage().texts;
  return (
    <Sheet title={simulator.title} onClose={onClose}>
      <PeopleChooser people={people} onChosen={onClose} />
      <div className="pair">
        <LanguageSwitch />
        <a href="/">{simulator.home}</a>
      </div>
    </Sheet>
  );
}
