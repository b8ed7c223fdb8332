// A message that did not go out: said kindly, with a second try.
import type { Texts } from "../../text/es";
import { useLanguage } from "../../text/language";
import type { Unsent } from "../shared/useOutbox";
import type { Chat, Outgoing } from "../useChat";

export function UnsentView({ unsent, chat }: { unsent: Unsent<Outgoing>; chat: Chat }) {
  const { simulator } = useLanguage().texts;
  const words = simulator.chat;
  return (
    <article className="message citizen">
      <div className="bubble unsent">
        <p>{summary(unsent.outgoing, words)}</p>
      </div>
      <div className="unsent-note">
        <span>{words.failed}</span>
        <button type="button" onClick={() => chat.retry(unsent)}>
          {words.retry}
        </button>
        <button type="button" onClick={() => chat.discard(unsent)}>
          {words.discard}
        </button>
      </div>
    </article>
  );
}

type Words = Texts["simulator"]["chat"];

function summary(outgoing: Outgoing, words: Words): string {
  if (outgoing.kind === "photo") return `📷 ${outgoing.caption || words.photo}`;
  if (outgoing.kind === "voice") return `🎤 ${words.media.voice}`;
  const { said } = outgoing;
  switch (said.type) {
    case "text":
      return said.text;
    case "reply":
      return said.said.text;
    case "button":
    case "row":
      return said.title;
    case "location":
      return `📍 ${said.name ?? words.location}`;
    case "reaction":
      return said.emoji ?? words.react;
    case "contacts":
      return `👤 ${said.contacts.map(({ name }) => name).join(", ")}`;
    case "own_contact":
      return `👤 ${words.sendNumber}`;
    case "unsupported":
      return said.kind;
  }
}
