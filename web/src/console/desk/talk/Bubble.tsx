// One message: its content, its time, how far it got.
import { useTranslation } from "react-i18next";
import type { Chat, Line } from "../../api/types";
import { useMe } from "../../session/session";
import { Icon } from "../../ui/Icon";
import { useTimes } from "../../ui/useTimes";
import { Content } from "./Content";
import { DeliverySign } from "./DeliverySign";
import { Happened } from "./Happened";
import { isHappening } from "./happenings";
import { Undo } from "./Undo";

interface Props {
  line: Line;
  chat: Chat;
  onUndone: (text: string) => void;
}

export function Bubble({ line, chat, onUndone }: Props) {
  const { t } = useTranslation();
  const { clock } = useTimes();
  const { name } = useMe();
  const time = <time dateTime={new Date(line.at).toISOString()}>{clock(line.at)}</time>;
  if (isHappening(line)) return <Happened line={line} lines={chat.lines} time={time} />;
  return (
    <div className={line.delivery === "failed" ? "bubble failed" : "bubble"}>
      <Content line={line} person={chat.person_name ?? t("chat.citizen")} />
      <p className="bubble-foot">
        {time}
        {line.delivery && <DeliverySign delivery={line.delivery} />}
      </p>
      {line.problem && (
        <p className="bubble-problem">
          <Icon name="warning" size={16} />
          {t("chat.why", { problem: line.problem })}
        </p>
      )}
      {line.undo_until !== null && line.author === name && (
        <Undo chat={chat.id} line={line} until={line.undo_until} onUndone={onUndone} />
      )}
    </div>
  );
}
