// How long the citizen waits: words always, and colour with a sign when it is long.
import { useTranslation } from "react-i18next";
import type { ChatRow } from "../../api/types";
import { Icon, type IconName } from "../../ui/Icon";
import { useNow } from "../../ui/useNow";
import { useTimes } from "../../ui/useTimes";
import { type Patience, patience } from "../waiting";

const TICK_MS = 15_000;

const SIGNS: Record<
  Patience,
  { icon: IconName; words: "queue.waits" | "queue.waitsLong" | "queue.waitsVeryLong" }
> = {
  calm: { icon: "clock", words: "queue.waits" },
  long: { icon: "warning", words: "queue.waitsLong" },
  very_long: { icon: "warning", words: "queue.waitsVeryLong" },
};

export function Wait({ row }: { row: Pick<ChatRow, "waiting_since" | "state"> }) {
  const { t } = useTranslation();
  const now = useNow(TICK_MS);
  const { words } = useTimes();
  if (row.state === "closed") return <span className="sign">{t("queue.closed")}</span>;
  if (row.waiting_since === null) {
    return (
      <span className="sign">
        <Icon name="check" size={14} />
        {t("queue.answered")}
      </span>
    );
  }
  const waited = now - row.waiting_since;
  const how = patience(waited);
  return (
    <span className={`sign wait ${how}`}>
      <Icon name={SIGNS[how].icon} size={14} />
      {t(SIGNS[how].words, { time: words(waited) })}
    </span>
  );
}
