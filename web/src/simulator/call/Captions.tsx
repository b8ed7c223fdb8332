// What was heard on the line, in words: who does not hear, and who tests, can follow.
import { useLanguage } from "../../text/language";
import { useEndInView } from "../shared/useEndInView";
import type { Heard } from "./api";

export function Captions({ heard }: { heard: readonly Heard[] }) {
  const words = useLanguage().texts.simulator.call;
  const mine = heard.findLast(({ kind }) => kind !== "said")?.seq;
  const { frame, content } = useEndInView(mine === undefined ? undefined : `${mine}`);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section ref={frame} className="captions" aria-label={words.captions} tabIndex={0}>
      <div ref={content} role="log" aria-live="polite" aria-relevant="additions">
        {heard.map((one) => (
          <Caption key={one.seq} heard={one} />
        ))}
      </div>
    </section>
  );
}

function Caption({ heard }: { heard: Heard }) {
  const { call, chat } = useLanguage().texts.simulator;
  const text = heard.text ?? "";
  switch (heard.kind) {
    case "said":
      return (
        <p className="caption town" lang={heard.lang || undefined}>
          <span className="unseen">{chat.fromTown} </span>
          {text}
        </p>
      );
    case "spoke":
      return (
        <p className="caption citizen">
          <span className="unseen">{chat.fromYou} </span>«{text}»
        </p>
      );
    case "pressed":
      return (
        <p className="caption citizen keys">
          <span className="unseen">{call.pressed} </span>
          {text}
        </p>
      );
    case "silence":
    case "dialing":
    case "ended":
      return <p className="caption note">{call.notes[heard.kind](text)}</p>;
  }
}
