// Whose conversation this is, and how to take it.
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import type { Chat } from "../../api/types";
import { useMe } from "../../session/session";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { keepChat, useExplain } from "../chats";

export function ClaimBar({ chat, onTakeOver }: { chat: Chat; onTakeOver: () => void }) {
  const { t } = useTranslation();
  const { id } = useMe();
  const explain = useExplain(chat.id);
  const claim = useMutation({
    mutationFn: () => desk.claim(chat.id, { version: chat.version }),
    onSuccess: keepChat,
    onError: (error) => explain(error, "claim"),
  });
  if (chat.state === "closed") {
    return (
      <div className="claim-bar">
        <Icon name="check" size={18} />
        <span>{t("claim.closed")}</span>
      </div>
    );
  }
  if (!chat.holder) {
    return (
      <div className="claim-bar">
        <span>{t("claim.free")}</span>
        <Button className="primary" onPress={() => claim.mutate()} isPending={claim.isPending}>
          {t("claim.take")}
        </Button>
      </div>
    );
  }
  if (chat.holder.id === id) return null;
  return (
    <div className="claim-bar">
      <Icon name="lock" size={18} />
      <span>{t("claim.held", { name: chat.holder.name })}</span>
      {chat.can.take_over && (
        <Button className="quiet" onPress={onTakeOver}>
          {t("claim.relieve", { name: chat.holder.name })}
        </Button>
      )}
    </div>
  );
}
