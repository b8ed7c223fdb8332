// Above the phones: what this is, who one is, and what else there is to see.
import { LanguageSwitch, useLanguage } from "../../text/language";
import { Mark } from "../../ui/Mark";
import { PeopleChooser } from "../PeopleChooser";
import { initials, type People, readablePhone } from "../people";
import { Disclosure } from "./Disclosure";

interface Props {
  town: string;
  people: People;
  /** More than one channel is there. */
  channels: boolean;
  /** Absent where the panel is always open. */
  panel: { open: boolean; toggle: () => void } | null;
}

export function Bar({ town, people, channels, panel }: Props) {
  const { simulator, common } = useLanguage().texts;
  const { bar } = simulator;
  return (
    <header className="bar">
      <a className="bar-home" href="/" title={simulator.home}>
        <Mark name={common.brand} />
      </a>
      <div className="bar-words">
        <h1>{channels ? bar.heading : simulator.intro.heading}</h1>
        <p className="soft">{channels ? bar.lead(town) : simulator.intro.what(town)}</p>
      </div>
      <Disclosure label={<Me people={people} />}>
        {(close) => <PeopleChooser people={people} onChosen={close} />}
      </Disclosure>
      {panel && (
        <button type="button" className="quiet" aria-expanded={panel.open} onClick={panel.toggle}>
          {bar.panel}
        </button>
      )}
      <LanguageSwitch />
    </header>
  );
}

function Me({ people: { me } }: { people: People }) {
  const { people: words } = useLanguage().texts.simulator;
  return (
    <span className="me">
      <span className="face" aria-hidden="true">
        {initials(me)}
      </span>
      <span>
        <span className="unseen">{words.heading} </span>
        {me.name}
        <small>{readablePhone(me)}</small>
      </span>
      <span aria-hidden="true">▾</span>
    </span>
  );
}
