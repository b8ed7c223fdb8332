// What can be tapped under a message.
import type { ReactNode } from "react";
import { useLanguage } from "../../text/language";
import type { Bubble, Said } from "../api";
import type { Open } from "./Phone";

interface Props {
  bubble: Bubble;
  chosen: string | undefined;
  onSay: (said: Said) => void;
  onOpen: (open: Open) => void;
}

export function Choices({ bubble, chosen, onSay, onOpen }: Props) {
  const { chat } = useLanguage().texts.simulator;
  const one = (sign: string, label: string, open: Open) => (
    <Replies>
      <button type="button" className="reply" onClick={() => onOpen(open)}>
        <span aria-hidden="true">{sign} </span>
        {label}
      </button>
    </Replies>
  );
  switch (bubble.type) {
    case "buttons":
    case "template":
      return <Buttons bubble={bubble} chosen={chosen} onSay={onSay} />;
    case "list":
      return one("☰", bubble.list?.button ?? "", { kind: "list", bubble });
    case "location_request":
      return one("📍", chat.sendLocation, { kind: "place" });
    case "contact_request":
      return one("👤", chat.sendNumber, { kind: "number", bubble });
    default:
      return bubble.link ? <LinkButton link={bubble.link} /> : null;
  }
}

function Replies({ children }: { children: ReactNode }) {
  return <div className="replies">{children}</div>;
}

function Buttons({ bubble, chosen, onSay }: Omit<Props, "onOpen">) {
  const { chat } = useLanguage().texts.simulator;
  const { id: message_id, buttons = [], link } = bubble;
  if (buttons.length === 0 && !link) return null;
  return (
    <Replies>
      {buttons.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          className="reply"
          disabled={chosen === id}
          onClick={() => onSay({ type: "button", id, title, message_id })}
        >
          {title}
          {chosen === id && <Chosen label={chat.chosen} />}
        </button>
      ))}
      {link && <OpenLink link={link} />}
    </Replies>
  );
}

type LinkProps = { link: NonNullable<Bubble["link"]> };

function LinkButton({ link }: LinkProps) {
  return (
    <Replies>
      <OpenLink link={link} />
    </Replies>
  );
}

/** Only pages: the town's words are not trusted with `javascript:`. */
function OpenLink({ link: { title, url } }: LinkProps) {
  const { chat } = useLanguage().texts.simulator;
  if (!/^https?:\/\//i.test(url)) return <span className="reply">{title}</span>;
  return (
    <a className="reply" href={url} target="_blank" rel="noopener noreferrer" title={url}>
      <span aria-hidden="true">↗ </span>
      {title}
      <span className="unseen"> {chat.opens}</span>
    </a>
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
