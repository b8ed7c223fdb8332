// The page at "/simulator": a neighbour's phones, on which the town answers for real.
import { useEffect, useState } from "react";
import { useLanguage } from "../text/language";
import { fetchTown, type Town } from "./api";
import { Stage } from "./page/Stage";
import { fetchNumbers, type Numbers } from "./twilio";

interface Demo {
  town: Town;
  numbers: Numbers | null;
}

export function Simulator() {
  const { texts } = useLanguage();
  const demo = useDemo();
  useEffect(() => {
    document.title = `${texts.simulator.title} · ${texts.common.brand}`;
  }, [texts]);
  if (demo === "loading") return <p className="notice">{texts.common.loading}</p>;
  return demo === "not_demo" ? <SwitchedOff /> : <Stage {...demo} />;
}

const AGAIN_MS = 2000;

/** Asks until there is an answer: the page may be open before the server is. */
function useDemo(): Demo | "loading" | "not_demo" {
  const [demo, setDemo] = useState<Demo | "loading" | "not_demo">("loading");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const ask = () => {
      fetchDemo()
        .then((found) => left || setDemo(found ?? "not_demo"))
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
  return demo;
}

async function fetchDemo(): Promise<Demo | null> {
  const town = await fetchTown();
  return town && { town, numbers: await fetchNumbers() };
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
