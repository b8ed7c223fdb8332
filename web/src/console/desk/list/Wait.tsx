// How long the citizen waits and until when they are to be answered or called: words always, and colour with a sign when
// it is late.
import { useTranslation } from "react-i18next";
import type { ChatRow } from "../../api/types";
import { Icon, type IconName } from "../../ui/Icon";
import { useNow } from "../../ui/useNow";
import { useTimes } from "../../ui/useTimes";
import { isCall, type Lateness, lateness } from "../due";
import { type Patience, patience } from "../waiting";

const TICK_MS = 15_000;

type Row = Pick<ChatRow, "waiting_since" | "state" | "due_at" | "at_risk_at" | "call_at">;

const SIGNS: Record<
  Patience,
  { icon: IconName; words: "queue.waits" | "queue.waitsLong" | "queue.waitsVeryLong" }
> = {
  calm: { icon: "clock", words: "queue.waits" },
  long: { icon: "warning", words: "queue.waitsLong" },
  very_long: { icon: "warning", words: "queue.waitsVeryLong" },
};

export function Wait({ row }: { row: Row }) {
  const { t } = useTranslation();
  if (row.state === "closed") return <span className="sign">{t("queue.closed")}</span>;
  if (row.due_at !== null) return <Due row={row} at={row.due_at} />;
  if (row.waiting_since === null) {
    return (
      <span className="sign">
        <Icon name="check" size={14} />
        {t("queue.answered")}
      </span>
    );
  }
  return <Waited since={row.waiting_since} />;
}

const COLOURS: Record<Lateness, string> = { ok: "calm", at_risk: "long", missed: "very_long" };

function Due({ row, at }: { row: Row; at: number }) {
  const { t } = useTranslation();
  const now = useNow(TICK_MS);
  const { soon, words } = useTimes();
  const late = lateness(row, now);
  const call = isCall(row);
  const icon: IconName = late === "ok" ? (call ? "voice" : "clock") : "warning";
  return (
    <span className={`sign wait ${COLOURS[late]}`}>
      <Icon name={icon} size={14} />
      {t(`due.${call ? "call" : "answer"}.${late}`, { time: late === "missed" ? words(now - at) : soon(at) })}
    </span>
  );
}

/** Nothing was promised to them: what is long is judged by the page. */
function Waited({ since }: { since: number }) {
  const { t } = useTranslation();
  const now = useNow(TICK_MS);
  const { words } = useTimes();
  const how = patience(now - since);
  return (
    <span className={`sign wait ${how}`}>
      <Icon name={SIGNS[how].icon} size={14} />
      {t(SIGNS[how].words, { time: words(now - since) })}
    </span>
  );
}
