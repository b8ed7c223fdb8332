import { useTranslation } from "react-i18next";
import type { ChatRow, Queue } from "../../api/types";
import { useMe } from "../../session/session";
import { Icon } from "../../ui/Icon";
import { useTimes } from "../../ui/useTimes";
import { ChannelSign, CrisisSign, SensitiveSign } from "../signs";
import { Wait } from "./Wait";

/** One chat of the list: who, how bad, how long, and the last words. */
export function ChatRowView({ row, queue }: { row: ChatRow; queue: Queue }) {
  const { t } = useTranslation();
  const { clock, day } = useTimes();
  return (
    <div className="chat-row-inside">
      <div className="chat-row-top">
        <strong className="chat-row-name">{row.person_name ?? t("queue.noName")}</strong>
        {row.unread > 0 && (
          <span className="unread">
            <span aria-hidden="true">{t("queue.unreadShort", { count: row.unread })}</span>
            <span className="unseen">{t("queue.unread", { count: row.unread })}</span>
          </span>
        )}
        <span className="chat-row-time">{queue === "history" ? day(row.last_at) : clock(row.last_at)}</span>
      </div>
      <p className="snippet">
        {queue === "approval" && row.proposal
          ? t("approval.draft", { name: row.proposal.author, text: row.proposal.text })
          : row.snippet}
      </p>
      <div className="chat-row-signs">
        {row.priority === "crisis" && <CrisisSign />}
        {row.sensitive && <SensitiveSign />}
        <ChannelSign channel={row.channel} />
        <Wait row={row} />
        {row.proposal && <ProposalSign news={row.proposal.news} />}
        <Holder row={row} />
      </div>
    </div>
  );
}

function ProposalSign({ news }: { news: boolean }) {
  const { t } = useTranslation();
  return (
    <span className="sign wait long">
      <Icon name="clock" size={14} />
      {t(news ? "approval.signNews" : "approval.sign")}
    </span>
  );
}

function Holder({ row: { holder } }: { row: ChatRow }) {
  const { t } = useTranslation();
  const { id } = useMe();
  if (!holder || holder.id === id) return null;
  return (
    <span className="sign">
      <Icon name="person" size={14} />
      {t("queue.heldBy", { name: holder.name })}
    </span>
  );
}
