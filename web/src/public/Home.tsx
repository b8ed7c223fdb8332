// The page at "/": what this is, how a report is going, and the way to the simulated phone.
import { useEffect } from "react";
import { LanguageSwitch, useLanguage } from "../text/language";
import { Mark } from "../ui/Mark";
import { ReportLookUp } from "./ReportLookUp";

export function Home() {
  const { texts } = useLanguage();
  const { home, common } = texts;
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
        <section className="try-out">
          <div>
            <h2>{home.tryOut.heading}</h2>
            <p>{home.tryOut.lead}</p>
          </div>
          <a href="/simulator">{home.tryOut.link}</a>
        </section>
      </main>
      <footer className="home-foot">{home.footnote}</footer>
    </div>
  );
}
