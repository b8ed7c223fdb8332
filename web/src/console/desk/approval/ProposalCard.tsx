// An answer that a supervisor reads before it goes: what became of it, and what whoever looks can do with it.
import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Line } from "../../api/types";
import { Icon, type IconName } from "../../ui/Icon";
import { Content } from "../talk/Content";
import { useAround } from "./ChatContext";
import { Decide } from "./Decide";
import { Withdraw } from "./Withdraw";

export type Proposed = Line & { proposal: NonNullable<Line["proposal"]> };

export function isProposed(line: Line): line is Proposed {
  return line.proposal !== null;
}

interface Props {
  line: Proposed;
  time: ReactNode;
}

export function ProposalCard({ line, time }: Props) {
  const { t } = useTranslation();
  const { state, decided_by, sent_text, over } = line.proposal;
  const name = decided_by ?? t("chat.system");
  const author = line.author ?? t("chat.system");
  if (over) return <Card line={line} time={time} icon="cross" title={t("approval.over")} />;
  if (state === "waiting") return <Waiting line={line} time={time} />;
  if (state === "returned") return <Returned line={line} time={time} name={name} />;
  if (state === "withdrawn") return <p className="event">{t("approval.withdrawn", { name: author })}</p>;
  if (sent_text === null) return <p className="event">{t("approval.approved", { name, author })}</p>;
  return <Card line={line} time={time} icon="check" title={t("approval.changed", { name, author })} />;
}

interface CardProps extends Props {
  icon: IconName;
  title: string;
  children?: ReactNode;
}

function Card({ line, time, icon, title, children }: CardProps) {
  return (
    <div className="bubble proposal">
      <p className="proposal-title">
        <Icon name={icon} size={16} />
        {title}
      </p>
      <Content line={line} person={line.author ?? ""} />
      {children}
      <p className="bubble-foot">{time}</p>
    </div>
  );
}

function Waiting({ line, time }: Props) {
  const { t } = useTranslation();
  const around = useAround();
  const { mine, news } = line.proposal;
  return (
    <Card line={line} time={time} icon="clock" title={t("approval.waits")}>
      {news && (
        <p className="proposal-news">
          <Icon name="info" size={16} />
          {t("approval.news")}
        </p>
      )}
      {around?.chat.can.approve && <Decide chat={around.chat} line={line} />}
      {around && mine && <Withdraw around={around} line={line} />}
    </Card>
  );
}

function Returned({ line, time, name }: Props & { name: string }) {
  const { t } = useTranslation();
  const around = useAround();
  const { reason, mine } = line.proposal;
  return (
    <Card line={line} time={time} icon="undo" title={t("approval.returned", { name, reason: reason ?? "" })}>
      {around?.chat.can.write && mine && (
        <Button className="quiet small" onPress={() => around.rewrite(line)}>
          {t("approval.rewrite")}
        </Button>
      )}
    </Card>
  );
}
