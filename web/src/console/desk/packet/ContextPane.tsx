// What came with the hand-over, so that the citizen never has to repeat it.
import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Chat, Packet } from "../../api/types";
import { CopyButton } from "../../ui/Copy";
import { Icon } from "../../ui/Icon";
import { languageName } from "../../ui/languageName";
import { useDepartments } from "../../ui/useDepartments";
import { useNow } from "../../ui/useNow";
import { useTimes } from "../../ui/useTimes";
import { CallPart } from "../calls/CallPart";
import { CrisisPart } from "../crisis/CrisisPart";
import { Intents } from "./Intents";

interface Props {
  chat: Chat;
  /** Where panes stand one at a time. */
  shown: boolean;
  onHide: () => void;
}

export function ContextPane({ chat, shown, onHide }: Props) {
  const { t } = useTranslation();
  return (
    <ContextFrame shown={shown} onHide={onHide}>
      {chat.priority === "crisis" && <CrisisPart chat={chat} />}
      <Why packet={chat.packet} />
      <Before packet={chat.packet} />
      {chat.state !== "closed" && <CallPart chat={chat} />}
      <Part title={t("packet.intents")} empty={chat.packet.intents.length === 0}>
        <Intents intents={chat.packet.intents} />
      </Part>
      <Slots packet={chat.packet} />
      <Folios packet={chat.packet} />
      <Consents packet={chat.packet} />
      <Facts chat={chat} />
    </ContextFrame>
  );
}

/** The right pane, with a way back where panes stand one at a time. */
export function ContextFrame({ shown, onHide, children }: Omit<Props, "chat"> & { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <aside className="pane context-pane" aria-label={t("packet.title")} data-shown={shown}>
      <header className="context-head">
        <span className="context-way">
          <Button className="quiet square" aria-label={t("common.back")} onPress={onHide}>
            <Icon name="back" />
          </Button>
        </span>
        <h2>{t("chat.context")}</h2>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a part of the aside that scrolls, not a fieldset */}
      <div className="context-inside" role="group" tabIndex={0} aria-label={t("packet.title")}>
        {children}
      </div>
    </aside>
  );
}

export function Part({
  title,
  empty = false,
  children,
}: {
  title: string;
  empty?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <section className="part">
      <h3>{title}</h3>
      {empty ? <p className="hint">{t("packet.none")}</p> : children}
    </section>
  );
}

/** Why somebody has a chat who came into it by themselves, as the server keeps it. */
const JOINED = "joined by supervisor";

function Why({ packet }: { packet: Packet }) {
  const { t } = useTranslation();
  return (
    <Part title={t("packet.why")}>
      <p>{packet.why === JOINED ? t("packet.joined") : packet.why}</p>
      {packet.said && (
        <blockquote>
          <span className="unseen">{t("packet.said")}: </span>“{packet.said}”
        </blockquote>
      )}
    </Part>
  );
}

function Before({ packet: { before } }: { packet: Packet }) {
  const { t } = useTranslation();
  const { words } = useTimes();
  const now = useNow(60_000);
  if (!before) return null;
  return (
    <p className="with-icon">
      <Icon name="person" size={18} />
      {t("packet.before", { name: before.name, time: words(now - before.closed_at) })}
    </p>
  );
}

const SLOTS = [
  "category",
  "danger",
  "description",
  "place",
  "photo",
  "folio",
  "group",
  "size",
  "since",
] as const;

export function Slots({ packet: { slots } }: { packet: Packet }) {
  const { t } = useTranslation();
  // Flows are the town's own: what this page has no word for is shown as the flow calls it.
  const slotName = (name: string) => {
    const known = SLOTS.find((one) => one === name);
    return known ? t(`packet.slot.${known}`) : name.replaceAll("_", " ");
  };
  return (
    <Part title={t("packet.slots")} empty={slots.length === 0}>
      <dl className="facts">
        {slots.map(({ name, value }) => (
          <div key={name}>
            <dt>{slotName(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

export function Folios({ packet: { folios } }: { packet: Packet }) {
  const { t } = useTranslation();
  const { date } = useTimes();
  return (
    <Part title={t("packet.folios")} empty={folios.length === 0}>
      <ul className="folios">
        {folios.map(({ folio, category, state, filed_at }) => (
          <li key={folio}>
            <div>
              <strong className="numbers">{folio}</strong>
              <br />
              {category} · {state === "received" ? t("packet.reportState.received") : state}
              <br />
              <small>{t("packet.filed", { date: date(filed_at) })}</small>
            </div>
            <CopyButton text={folio} label={t("actions.copyFolio")} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

const CONSENT_STATES = ["granted", "withdrawn"] as const;
const PURPOSES = [
  "case_updates",
  "suggestions",
  "emergencies",
  "surveys",
  "news",
  "continue_by_sms",
] as const;

export function Consents({ packet: { consents } }: { packet: Packet }) {
  const { t } = useTranslation();
  const { date } = useTimes();
  const word = (state: string) => {
    const known = CONSENT_STATES.find((one) => one === state);
    return known ? t(`packet.consentState.${known}`) : state;
  };
  const purposeName = (purpose: string) => {
    const known = PURPOSES.find((one) => one === purpose);
    return known ? t(`packet.consent.${known}`) : purpose;
  };
  return (
    <Part title={t("packet.consents")} empty={consents.length === 0}>
      <dl className="facts">
        {consents.map(({ purpose, state, at }) => (
          <div key={`${purpose} ${at}`}>
            <dt>{purposeName(purpose)}</dt>
            <dd>
              {word(state)} <small>({date(at)})</small>
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function Facts({ chat }: { chat: Chat }) {
  const { t, i18n } = useTranslation();
  const { moment } = useTimes();
  const { nameOf } = useDepartments();
  const { window, flow } = chat.packet;
  const facts: [string, string | null][] = [
    [t("packet.language"), languageName(chat.packet.language, i18n.language)],
    [t("packet.department"), chat.department && nameOf(chat.department)],
    [t("packet.opened"), moment(chat.opened_at)],
    [t("packet.flow"), flow?.name ?? null],
    [t("packet.window"), window && windowWords()],
  ];
  function windowWords(): string {
    if (!window?.open) return t("packet.windowClosed");
    return window.until ? t("packet.windowUntil", { time: moment(window.until) }) : t("packet.windowOpen");
  }
  return (
    <section className="part">
      <dl className="facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}
