// Beside the phones: what happened, and what one can make go wrong. On a small screen also who one is.
import { type KeyboardEvent, useEffect, useRef } from "react";
import { LanguageSwitch, useLanguage } from "../../text/language";
import { FaultsPanel } from "../faults/FaultsPanel";
import { PeopleChooser } from "../PeopleChooser";
import type { People } from "../people";
import { Happened } from "./Happened";
import type { Told } from "./happened";
import "./side.css";

/** A column of its own, over the phones because somebody asked for it, or a tab. */
export type Place = "beside" | "over" | "tab";

interface Props {
  place: Place;
  people: People;
  telephone: boolean;
  told: Told;
  onClose: () => void;
}

export function SidePanel({ place, people, telephone, told, onClose }: Props) {
  const { simulator, common } = useLanguage().texts;
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place === "over") panel.current?.focus({ preventScroll: true });
  }, [place]);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (place === "over" && event.key === "Escape") onClose();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it, the button does the same
    <div ref={panel} className={`side ${place}`} tabIndex={-1} onKeyDown={closeOnEscape}>
      {place === "over" && (
        <button type="button" className="quiet side-close" onClick={onClose}>
          {common.close}
        </button>
      )}
      {place === "tab" && (
        <>
          <PeopleChooser people={people} />
          <div className="pair">
            <LanguageSwitch />
            <a href="/">{simulator.home}</a>
          </div>
        </>
      )}
      <Happened {...told} />
      <FaultsPanel telephone={telephone} />
      <Tips />
    </div>
  );
}

function Tips() {
  const { intro } = useLanguage().texts.simulator;
  return (
    <section className="tips">
      <h2>{intro.tipsHeading}</h2>
      <ul>
        {intro.tips.map((tip) => (
          <li key={tip}>{tip}</li>
        ))}
      </ul>
      <p className="soft">{intro.safe}</p>
    </section>
  );
}
