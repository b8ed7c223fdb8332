// The page at "/": what this is, how a report is going, and the way to the simulated phone.
import { useEffect, useState } from "react";
import { LanguageSwitch, useLanguage } from "../text/language";
import { Mark } from "../ui/Mark";
import { PublicLinks } from "./PublicLinks";
import { ReportLookUp } from "./ReportLookUp";

export function Home() {
  const { texts } = useLanguage();
  const { home, common } = texts;
  const demo = useDemo();
  useEffect(() => {
    document.title = home.title;
  }, [home.title]);
  return (
    <div className="home">
      <header className="home-bar">
        <Mark name={common.brand} />
        <LanguageSwitch />
      </header>
      <main className="home-main">
        <section className="hero">
          <h1>{home.title}</h1>
          <p>{home.lead}</p>
        </section>
        <ReportLookUp />
        <PublicLinks />
        {demo && (
          <section className="try-out">
            <div>
              <h2>{home.tryOut.heading}</h2>
              <p>{home.tryOut.lead}</p>
            </div>
            <a href="/simulator">{home.tryOut.link}</a>
          </section>
        )}
      </main>
      <footer className="home-foot">{home.footnote}</footer>
    </div>
  );
}

/** Whether a simulated phone is there: the page of a real town must not speak of one. */
function useDemo(): boolean {
  const [demo, setDemo] = useState(false);
  useEffect(() => {
    fetch("/simulator/api/town")
      .then((answer) => setDemo(answer.ok))
      .catch(() => setDemo(false));
  }, []);
  return demo;
}
