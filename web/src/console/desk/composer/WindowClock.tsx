// WhatsApp lets a business write freely for 24 hours after the person's last message: how much of that is left, and what
// to do when it is over.
import { useTranslation } from "react-i18next";
import type { Chat } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { useNow } from "../../ui/useNow";
import { useTimes } from "../../ui/useTimes";
import { isWindowOver } from "./blocked";

const TICK_MS = 30_000;
/** Above this the clock is no news. */
const SOON_MS = 4 * 3_600_000;

export function WindowClock({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const now = useNow(TICK_MS);
  const { words } = useTimes();
  const { window } = chat.packet;
  const left = window?.until ? window.until - now : null;
  if (isWindowOver(window, now)) {
    return (
      <p className="notice late">
        <Icon name="clock" size={18} />
        <span>{t(chat.can.templates ? "composer.windowClosedTemplate" : "composer.windowClosed")}</span>
      </p>
    );
  }
  if (left === null || left > SOON_MS) return null;
  return (
    <p className="window-clock">
      <Icon name="clock" size={15} />
      {t("composer.windowOpen", { time: words(left) })}
    </p>
  );
}
