// "Qué pasó": the messages from within, for who builds with this. Same data as the phone.
import { useLanguage } from "../text/language";
import type { Bubble } from "./api";
import { clock } from "./phone/time";

/** The end of an identifier: all of a phone's begin alike. */
function tail(id: string): string {
  return id.length > TAIL ? `…${id.slice(-TAIL)}` : id;
}

const TAIL = 32;

export function Happened({ bubbles }: { bubbles: readonly Bubble[] }) {
  const { lang, texts } = useLanguage();
  const { log, kinds, status } = texts.simulator;
  return (
    <aside className="happened" aria-labelledby="happened">
      <h2 id="happened">{log.heading}</h2>
      <p className="soft">{bubbles.length > 0 ? log.lead : log.empty}</p>
      {bubbles.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        <ol aria-labelledby="happened" tabIndex={0}>
          {bubbles.toReversed().map((bubble) => (
            <li key={bubble.seq}>
              <span className={`who ${bubble.from}`}>{bubble.from === "town" ? log.town : log.citizen}</span>
              <span>{kinds[bubble.type]}</span>
              <span className="grow">{status[bubble.status]}</span>
              <time>{clock(bubble.at, lang)}</time>
              <code title={bubble.id}>{tail(bubble.id)}</code>
            </li>
          ))}
        </ol>
      )}
    </aside>
  );
}
