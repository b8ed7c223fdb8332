// A message that did not go out: said kindly, with a second try.
import { useLanguage } from "../../text/language";
import type { Chat, Outgoing, Unsent } from "../useChat";

export function UnsentView({ unsent, chat }: { unsent: Unsent; chat: Chat }) {
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

function summary(outgoing: Outgoing, words: { photo: string; location: string }): string {
  if (outgoing.kind === "photo") return `📷 ${outgoing.caption || words.photo}`;
  const { said } = outgoing;
  switch (said.type) {
    case "text":
      return said.text;
    case "button":
    case "row":
      return said.title;
    case "location":
      return `📍 ${said.name ?? words.location}`;
    case "unsupported":
      return said.kind;
  }
}
