// The phone: header, conversation, composer, and one sheet at a time over them.
import { useLayoutEffect, useRef, useState } from "react";
import { LanguageSwitch, useLanguage } from "../../text/language";
import type { Bubble, Said, Town } from "../api";
import { PeopleChooser } from "../PeopleChooser";
import type { People } from "../people";
import { PhotoSheet } from "../photo/PhotoSheet";
import { PlaceSheet } from "../place/PlaceSheet";
import type { Chat } from "../useChat";
import { AttachSheet } from "./AttachSheet";
import { Composer } from "./Composer";
import { Conversation } from "./Conversation";
import { Header } from "./Header";
import { ListSheet } from "./ListSheet";
import { Sheet } from "./Sheet";
import "./phone.css";
import "./sheets.css";

export type Open = { kind: "attach" | "place" | "photo" | "menu" } | { kind: "list"; bubble: Bubble };

interface Props {
  town: Town;
  people: People;
  chat: Chat;
}

export function Phone({ town, people, chat }: Props) {
  const [open, setOpen] = useOpen();
  const say = (said: Said) => chat.send({ kind: "said", said });
  return (
    <div className="phone">
      <div className="screen">
        <div className="screen-app" inert={open !== null}>
          <Header town={town} connection={chat.connection} onMenu={() => setOpen({ kind: "menu" })} />
          <Conversation town={town} chat={chat} onSay={say} onOpen={setOpen} />
          <Composer onSay={say} onAttach={() => setOpen({ kind: "attach" })} />
        </div>
        {open && <OpenSheet open={open} people={people} chat={chat} onOpen={setOpen} />}
      </div>
    </div>
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
}

function OpenSheet({ open, people, chat, onOpen }: OpenProps) {
  const close = () => onOpen(null);
  const say = (said: Said) => {
    chat.send({ kind: "said", said });
    close();
  };
  switch (open.kind) {
    case "attach":
      return <AttachSheet onClose={close} onOpen={onOpen} onSay={say} />;
    case "place":
      return <PlaceSheet onClose={close} onSend={say} />;
    case "photo": {
      const send = (photo: Blob, caption: string) => {
        chat.send({ kind: "photo", photo, caption });
        close();
      };
      return <PhotoSheet onClose={close} onSend={send} />;
    }
    case "list":
      return <ListSheet bubble={open.bubble} onClose={close} onSay={say} />;
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
