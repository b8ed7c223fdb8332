// One person's phones: WhatsApp, SMS and a call, side by side or as tabs. They share the person and nothing else.
import { type ReactNode, useMemo } from "react";
import { useLanguage } from "../../text/language";
import type { Town } from "../api";
import { CallPhone } from "../call/CallPhone";
import { useCall } from "../call/useCall";
import type { People } from "../people";
import { Phone } from "../phone/Phone";
import { SmsPhone } from "../sms/SmsPhone";
import { useSms } from "../sms/useSms";
import { type Numbers, networkPhone } from "../twilio";
import { useChat } from "../useChat";
import { type Place, SidePanel } from "./SidePanel";
import { type Pane, paneId, Tabs, tabId } from "./Tabs";
import { useUnseen } from "./useUnseen";

interface Props {
  town: Town;
  numbers: Numbers | null;
  people: People;
  /** The tab that is seen; `null`: all are, side by side. */
  pane: Pane | null;
  onPane: (pane: Pane) => void;
  panel: Place | "closed";
  onClosePanel: () => void;
}

export function Desk({ town, numbers, people, pane, onPane, panel, onClosePanel }: Props) {
  const me = networkPhone(people.me.phone);
  const chat = useChat(people.me);
  const app = useSms(numbers && me);
  const telephone = useCall();
  const heard = telephone.call?.heard ?? [];
  const [whatsapp, sms, call] = [fromTown(chat.bubbles), fromTown(app.texts), heard.length];
  const counts = useMemo(() => ({ whatsapp, sms, call }), [whatsapp, sms, call]);
  const unseen = useUnseen(counts, pane);
  const panes: readonly Pane[] = numbers ? ["whatsapp", "sms", "call", "more"] : ["whatsapp", "more"];
  const told = { bubbles: chat.bubbles, texts: app.texts, call: telephone.call?.call ?? "", heard };
  return (
    <main>
      {pane && <Tabs panes={panes} active={pane} unseen={unseen} onChange={onPane} />}
      <div className={`desk panes-${panes.length - 1} panel-${panel}`}>
        <PaneView name="whatsapp" pane={pane}>
          <Phone town={town} people={people} chat={chat} />
        </PaneView>
        {numbers && (
          <>
            <PaneView name="sms" pane={pane}>
              <SmsPhone town={town.name} number={numbers.sms.number} app={app} />
            </PaneView>
            <PaneView name="call" pane={pane}>
              <CallPhone town={town.name} number={numbers.voice.number} me={me} telephone={telephone} />
            </PaneView>
          </>
        )}
        {panel !== "closed" && (
          <PaneView name="more" pane={pane}>
            <SidePanel
              place={panel}
              people={people}
              telephone={numbers !== null}
              told={told}
              onClose={onClosePanel}
            />
          </PaneView>
        )}
      </div>
    </main>
  );
}

function fromTown(messages: readonly { from: "town" | "citizen" }[]): number {
  return messages.filter(({ from }) => from === "town").length;
}

/**
 * As a tab's panel where there are tabs, else a labelled part of the page. The same element in both cases: what is
 * half written outlives a turned screen.
 */
function PaneView({ name, pane, children }: { name: Pane; pane: Pane | null; children: ReactNode }) {
  const { tabs } = useLanguage().texts.simulator;
  const role = pane
    ? ({ role: "tabpanel", "aria-labelledby": tabId(name), hidden: pane !== name } as const)
    : { "aria-label": tabs[name] };
  return (
    <section id={paneId(name)} className="pane" data-pane={name} {...role}>
      {!pane && name !== "more" && (
        <p className="pane-name" aria-hidden="true">
          {tabs[name]}
        </p>
      )}
      {children}
    </section>
  );
}
