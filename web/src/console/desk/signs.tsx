// Small signs that several panes show: by icon and word, never by colour alone.
import { useTranslation } from "react-i18next";
import { isChannel } from "../api/types";
import { Icon } from "../ui/Icon";

export function ChannelSign({ channel }: { channel: string | null }) {
  const { t } = useTranslation();
  const known = isChannel(channel);
  return (
    <span className="sign">
      <Icon name={known ? channel : "info"} size={14} />
      {t(`channel.${known ? channel : "unknown"}`)}
    </span>
  );
}

export function CrisisSign() {
  const { t } = useTranslation();
  return (
    <span className="crisis">
      <Icon name="alarm" size={14} />
      {t("queue.crisis")}
    </span>
  );
}

/** About what is private: colleagues of other departments do not see it. */
export function SensitiveSign() {
  const { t } = useTranslation();
  return (
    <span className="sign">
      <Icon name="lock" size={14} />
      {t("queue.sensitive")}
    </span>
  );
}
