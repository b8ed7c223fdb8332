import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import type { Chat } from "../../api/types";
import { Confirm } from "../../ui/Window";
import { useCall } from "./useCall";

interface Props {
  chat: Chat;
  isOpen: boolean;
  onClose: () => void;
}

/** Taking a promise back is said to the citizen too. */
export function WithdrawWindow({ chat, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const withdraw = useCall(
    chat,
    (version: number) => desk.withdrawCall(chat.id, { version }),
    t("calls.saidWithdrawn"),
    onClose,
  );
  return (
    <Confirm
      title={t("calls.withdraw")}
      lead={t("calls.withdrawLead")}
      action={t("calls.withdraw")}
      isOpen={isOpen}
      busy={withdraw.isPending}
      error={withdraw.error}
      onClose={onClose}
      onConfirm={() => withdraw.mutate(chat.version)}
    />
  );
}
