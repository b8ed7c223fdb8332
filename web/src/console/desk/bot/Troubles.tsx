import { useTranslation } from "react-i18next";
import type { TalkSummary } from "../../api/types";
import { Icon } from "../../ui/Icon";

/** What goes badly in a talk of the assistant: by sign and word. */
export function Troubles({ talk: { danger, missed } }: { talk: Pick<TalkSummary, "danger" | "missed"> }) {
  const { t } = useTranslation();
  return (
    <>
      {danger && (
        <span className="sign wait very_long">
          <Icon name="alarm" size={14} />
          {t("bot.danger")}
        </span>
      )}
      {missed > 0 && (
        <span className="sign wait long">
          <Icon name="warning" size={14} />
          {t("bot.missed", { count: missed })}
        </span>
      )}
    </>
  );
}
