// One message: its content, its time, how far it got.
import { useTranslation } from "react-i18next";
import type { Line } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { useTimes } from "../../ui/useTimes";
import { useAround } from "../approval/ChatContext";
import { isProposed, ProposalCard } from "../approval/ProposalCard";
import { Content } from "./Content";
import { DeliverySign } from "./DeliverySign";
import { Happened } from "./Happened";
import { isHappening } from "./happenings";
import type { Told } from "./Lines";
import { TeachButton } from "./TeachButton";
import { Undo } from "./Undo";

interface Props {
  line: Line;
  chat: Told;
  onUndone: (line: Line) => void;
}

export function Bubble({ line, chat, onUndone }: Props) {
  const { t } = useTranslation();
  const { clock } = useTimes();
  // A talk of the assistant is no chat yet: nothing is done to its lines.
  const around = useAround();
  const time = <time dateTime={new Date(line.at).toISOString()}>{clock(line.at)}</time>;
  if (isHappening(line)) return <Happened line={line} lines={chat.lines} time={time} />;
  if (isProposed(line)) return <ProposalCard line={line} time={time} />;
  return (
    <div className={classOf(line)}>
      <Content line={line} person={chat.person_name ?? t("chat.citizen")} />
      <p className="bubble-foot">
        {around && <TeachButton chat={chat.id} line={line} />}
        {time}
        {line.delivery && <DeliverySign delivery={line.delivery} />}
      </p>
      {line.problem && (
        <p className="bubble-problem">
          <Icon name="warning" size={16} />
          {t("chat.why", { problem: line.problem })}
        </p>
      )}
      {line.undo_until !== null && (
        <Undo chat={chat.id} line={line} until={line.undo_until} onUndone={onUndone} />
      )}
    </div>
  );
}

function classOf({ delivery, kind }: Line): string {
  if (delivery === "failed") return "bubble failed";
  return kind === "whisper" ? "bubble whisper" : "bubble";
}
