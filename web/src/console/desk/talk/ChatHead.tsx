// Who this is, over which channel, who else is looking, and what can be done with the conversation.
import type { Ref } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Chat } from "../../api/types";
import { Icon, type IconName } from "../../ui/Icon";
import { Wait } from "../list/Wait";
import { ChannelSign, CrisisSign, SensitiveSign } from "../signs";
import type { OpenWindow } from "./ChatPane";
import { Viewers } from "./Viewers";

interface Props {
  chat: Chat;
  ref: Ref<HTMLHeadingElement>;
  onWindow: (window: OpenWindow) => void;
  onContext: () => void;
  onLeave: () => void;
}

export function ChatHead({ chat, ref, onWindow, onContext, onLeave }: Props) {
  const { t } = useTranslation();
  return (
    <header className="chat-head">
      <span className="phone-only">
        <Button className="quiet square" aria-label={t("common.back")} onPress={onLeave}>
          <Icon name="back" />
        </Button>
      </span>
      <div className="chat-head-who">
        <h2 ref={ref} tabIndex={-1}>
          {chat.person_name ?? t("queue.noName")}
        </h2>
        <div className="chat-row-signs">
          {chat.priority === "crisis" && <CrisisSign />}
          {chat.sensitive && <SensitiveSign />}
          <ChannelSign channel={chat.channel} />
          <Wait row={chat} />
        </div>
      </div>
      <Viewers viewers={chat.viewers} />
      <div className="chat-head-actions">
        <span className="context-way">
          <Button className="quiet square" aria-label={t("chat.showContext")} onPress={onContext}>
            <Icon name="info" />
          </Button>
        </span>
        {chat.can.transfer && (
          <Action icon="pass" label={t("actions.transfer")} onPress={() => onWindow("transfer")} />
        )}
        {chat.can.close && (
          <Action icon="check" label={t("actions.close")} onPress={() => onWindow("close")} />
        )}
      </div>
    </header>
  );
}

function Action({ icon, label, onPress }: { icon: IconName; label: string; onPress: () => void }) {
  return (
    <Button className="quiet with-icon" onPress={onPress} aria-label={label}>
      <span className="phone-only">
        <Icon name={icon} size={18} />
      </span>
      <span className="wide-only">{label}</span>
    </Button>
  );
}
