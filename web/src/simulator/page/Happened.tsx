// "Qué pasó": the messages from within, for who builds with this. Same data as the phones, all channels in one list.
import { useLanguage } from "../../text/language";
import { clock } from "../phone/time";
import { type Entry, happened, type Told } from "./happened";

/** The end of an identifier: all of a phone's begin alike. */
function tail(id: string): string {
  return id.length > TAIL ? `…${id.slice(-TAIL)}` : id;
}

const TAIL = 24;

export function Happened(told: Told) {
  const { log } = useLanguage().texts.simulator;
  const entries = happened(told);
  return (
    <section className="happened" aria-labelledby="happened">
      <h2 id="happened">{log.heading}</h2>
      <p className="soft">{entries.length > 0 ? log.lead : log.empty}</p>
      {entries.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        <ol aria-labelledby="happened" tabIndex={0}>
          {entries.map((entry) => (
            <EntryView key={entry.key} entry={entry} />
          ))}
        </ol>
      )}
    </section>
  );
}

function EntryView({ entry }: { entry: Entry }) {
  const { lang, texts } = useLanguage();
  const { log, tabs } = texts.simulator;
  const { what, status } = useWords(entry);
  return (
    <li>
      <span className={`who ${entry.from}`}>{entry.from === "town" ? log.town : log.citizen}</span>
      <span className="grow">
        {tabs[entry.channel]} · {what}
      </span>
      <time>{clock(entry.at, lang)}</time>
      <code title={entry.id}>{tail(entry.id)}</code>
      <span className="soft">{status}</span>
    </li>
  );
}

function useWords(entry: Entry): { what: string; status: string } {
  const { kinds, status, sms, call } = useLanguage().texts.simulator;
  switch (entry.channel) {
    case "whatsapp":
      return { what: kinds[entry.kind] ?? entry.kind, status: status[entry.status] };
    case "sms":
      return { what: sms.segments(entry.segments), status: sms.status[entry.status] ?? entry.status };
    case "call":
      return { what: call.kinds[entry.kind], status: "" };
  }
}
