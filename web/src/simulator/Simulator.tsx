// The page at "/simulator": the phone in the middle; on wide screens what this is beside it, and what happened.
import { useEffect, useState } from "react";
import { LanguageSwitch, useLanguage } from "../text/language";
import { Mark } from "../ui/Mark";
import { fetchTown, type Town } from "./api";
import { Happened } from "./Happened";
import { PeopleChooser } from "./PeopleChooser";
import { type People, usePeople } from "./people";
import { Phone } from "./phone/Phone";
import { useChat } from "./useChat";

type TownState = Town | "loading" | "not_demo";

export function Simulator() {
  const { texts } = useLanguage();
  const town = useTown();
  useEffect(() => {
    document.title = `${texts.simulator.title} · ${texts.common.brand}`;
  }, [texts]);
  if (town === "loading") return <p className="notice">{texts.common.loading}</p>;
  return town === "not_demo" ? <SwitchedOff /> : <Stage town={town} />;
}

const AGAIN_MS = 2000;

/** Asks until there is an answer: the page may be open before the server is. */
function useTown(): TownState {
  const [town, setTown] = useState<TownState>("loading");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const ask = () => {
      fetchTown()
        .then((found) => left || setTown(found ?? "not_demo"))
        .catch(() => {
          if (!left) timer = setTimeout(ask, AGAIN_MS);
        });
    };
    ask();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, []);
  return town;
}

function Stage({ town }: { town: Town }) {
  const people = usePeople();
  const chat = useChat(people.me);
  return (
    <div className="stage">
      <Intro town={town} people={people} />
      <main className="stage-phone">
        <Phone key={people.me.phone} town={town} people={people} chat={chat} />
      </main>
      <Happened bubbles={chat.bubbles} />
    </div>
  );
}

function Intro({ town, people }: { town: Town; people: People }) {
  const { simulator, common } = useLanguage().texts;
  const { intro } = simulator;
  return (
    <aside className="intro" aria-label={simulator.title}>
      <div className="intro-bar">
        <Mark name={common.brand} />
        <LanguageSwitch />
      </div>
      <h2 className="intro-heading">{intro.heading}</h2>
      <p>{intro.what(town.name)}</p>
      <ul>
        {intro.tips.map((tip) => (
          <li key={tip}>{tip}</li>
        ))}
      </ul>
      <PeopleChooser people={people} />
      <p className="soft">{intro.safe}</p>
      <a href="/">{simulator.home}</a>
    </aside>
  );
}

function SwitchedOff() {
  const { simulator } = useLanguage().texts;
  return (
    <main className="notice">
      <h1>{simulator.notDemo.heading}</h1>
      <p>{simulator.notDemo.body}</p>
      <pre>ventanilla serve --demo</pre>
      <a href="/">{simulator.home}</a>
    </main>
  );
}
