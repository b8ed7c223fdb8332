import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { codeOf } from "../../api/problem";
import type { Chat } from "../../api/types";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Problems } from "../../ui/Problems";
import { Window } from "../../ui/Window";
import { keepChat, refresh } from "../chats";

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
    <Window title={t("claim.relieveTitle", { name })} isOpen={isOpen} onClose={onClose}>
      <Form chat={chat} onClose={onClose} />
    </Window>
  );
}

function Form({ chat, onClose }: Omit<Props, "isOpen">) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const take = useMutation({
    mutationFn: () => desk.claim(chat.id, { version: chat.version, take_over: true, reason: reason.trim() }),
    onSuccess: (taken) => {
      keepChat(taken);
      onClose();
    },
    onError: (error) => codeOf(error) === "stale" && refresh(chat.id),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    take.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("claim.relieveLead", { name: chat.holder?.name ?? "" })}</p>
      <Field
        label={t("claim.reason")}
        hint={t("claim.reasonHint")}
        value={reason}
        onChange={setReason}
        isRequired
        maxLength={200}
        autoFocus
      />
      <Problems error={take.error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button
          type="submit"
          className="primary"
          isPending={take.isPending}
          isDisabled={reason.trim() === ""}
        >
          {t("claim.confirm")}
        </Button>
      </div>
    </form>
  );
}
