import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { codeOf } from "../../api/problem";
import type { Chat } from "../../api/types";
import { keepChat, refresh } from "../chats";
import { ReasonWindow } from "../ReasonWindow";

interface Props {
  chat: Chat;
  isOpen: boolean;
  onClose: () => void;
}

/** Taking a conversation from a colleague is seen by them, so it needs a reason. */
export function TakeOverWindow({ chat, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const name = chat.holder?.name ?? "";
  return (
    <ReasonWindow
      title={t("claim.relieveTitle", { name })}
      lead={t("claim.relieveLead", { name })}
      hint={t("claim.reasonHint")}
      action={t("claim.confirm")}
      isOpen={isOpen}
      onClose={onClose}
      act={(reason) => desk.claim(chat.id, { version: chat.version, take_over: true, reason })}
      onDone={keepChat}
      onRefused={(error) => {
        if (codeOf(error) === "stale") refresh(chat.id);
      }}
    />
  );
}
