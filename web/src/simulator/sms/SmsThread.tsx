// The SMS of one phone, oldest first: under each, what it costs and where it is.
import { useLanguage } from "../../text/language";
import { clock } from "../phone/time";
import { useEndInView } from "../shared/useEndInView";
import type { Unsent } from "../shared/useOutbox";
import type { Sms } from "./api";
import { SegmentNote } from "./SegmentNote";
import type { SmsApp } from "./useSms";

export function SmsThread({ town, app }: { town: string; app: SmsApp }) {
  const { sms } = useLanguage().texts.simulator;
  const { texts, unsent, connection } = app;
  const { frame, content } = useEndInView(lastOfMine(app));
  const nothingYet = texts.length === 0 && unsent.length === 0 && connection === "live";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section ref={frame} className="thread" aria-label={sms.label} tabIndex={0}>
      <div ref={content}>
        {nothingYet && <Welcome town={town} onSend={app.send} />}
        <div className="texts" role="log" aria-live="polite" aria-relevant="additions">
          {texts.map((text) => (
            <TextView key={text.id} text={text} />
          ))}
          {unsent.map((one) => (
            <UnsentText key={`unsent-${one.key}`} unsent={one} app={app} />
          ))}
        </div>
      </div>
    </section>
  );
}

function lastOfMine({ texts, unsent }: SmsApp): string | undefined {
  const failed = unsent.at(-1);
  return failed ? `unsent-${failed.key}` : texts.findLast(({ from }) => from === "citizen")?.id;
}

function TextView({ text }: { text: Sms }) {
  const { lang, texts } = useLanguage();
  const { sms, chat } = texts.simulator;
  const bad = text.status === "failed" || text.status === "undelivered";
  return (
    <article className={`sms ${text.from}`} data-status={text.status}>
      <p className="sms-text">
        <span className="unseen">{text.from === "town" ? chat.fromTown : chat.fromYou} </span>
        {text.text}
      </p>
      <footer>
        <SegmentNote segments={text.segments} encoding={text.encoding} />{" "}
        <span className={bad ? "bad" : undefined}>{sms.status[text.status] ?? text.status}</span>{" "}
        <time dateTime={new Date(text.at).toISOString()}>{clock(text.at, lang)}</time>
      </footer>
    </article>
  );
}

function UnsentText({ unsent, app }: { unsent: Unsent<string>; app: SmsApp }) {
  const { chat } = useLanguage().texts.simulator;
  return (
    <article className="sms citizen">
      <p className="sms-text unsent">{unsent.outgoing}</p>
      <div className="unsent-note">
        <span>{chat.failed}</span>
        <button type="button" onClick={() => app.retry(unsent)}>
          {chat.retry}
        </button>
        <button type="button" onClick={() => app.discard(unsent)}>
          {chat.discard}
        </button>
      </div>
    </article>
  );
}

function Welcome({ town, onSend }: { town: string; onSend: (text: string) => void }) {
  const { sms } = useLanguage().texts.simulator;
  return (
    <div className="suggestions">
      <p>{sms.welcome(town)}</p>
      {sms.suggestions.map((text) => (
        <button key={text} type="button" className="chip" onClick={() => onSend(text)}>
          {text}
        </button>
      ))}
    </div>
  );
}
