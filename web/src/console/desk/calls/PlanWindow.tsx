import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import type { Chat } from "../../api/types";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Problems } from "../../ui/Problems";
import { Window } from "../../ui/Window";
import { fieldTime, momentOf, nextCall } from "../due";
import { useCall } from "./useCall";

interface Props {
  chat: Chat;
  isOpen: boolean;
  onClose: () => void;
}

/** Promising a call, or changing the promise: the citizen is told at once. */
export function PlanWindow({ chat, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const title = t(chat.call_at === null ? "calls.plan" : "calls.change");
  return (
    <Window title={title} isOpen={isOpen} onClose={onClose}>
      <Form chat={chat} onClose={onClose} />
    </Window>
  );
}

function Form({ chat, onClose }: Omit<Props, "isOpen">) {
  const { t } = useTranslation();
  const [when, setWhen] = useState(() => fieldTime(chat.call_at ?? nextCall(Date.now())));
  const [phone, setPhone] = useState(chat.packet.phone ?? "");
  const [note, setNote] = useState("");
  const at = momentOf(when);
  const plan = useCall(
    chat,
    (moment: number) =>
      desk.planCall(chat.id, { version: chat.version, at: moment, phone: phone.trim(), note: note.trim() }),
    t("calls.saidPlanned"),
    onClose,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (at !== null) plan.mutate(at);
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("calls.planLead")}</p>
      <Field label={t("calls.when")} type="datetime-local" value={when} onChange={setWhen} isRequired />
      <Field
        label={t("calls.phone")}
        hint={t("calls.phoneHint")}
        type="tel"
        value={phone}
        onChange={setPhone}
        isRequired
      />
      <Field
        label={`${t("calls.note")} ${t("common.optional")}`}
        value={note}
        onChange={setNote}
        rows={2}
        maxLength={500}
      />
      <Problems error={plan.error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button
          type="submit"
          className="primary"
          isPending={plan.isPending}
          isDisabled={at === null || phone.trim() === ""}
        >
          {t("calls.planSubmit")}
        </Button>
      </div>
    </form>
  );
}
