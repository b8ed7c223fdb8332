import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { deeds } from "../../api/deeds";
import { SelectOne } from "../../ui/Choice";
import { Field } from "../../ui/Field";
import { FormFoot, type FormProps } from "./DeedWindow";
import { useDeed } from "./useDeed";

const DAYS = [1, 3, 7, 30] as const;

export function BlockForm({ chat, onClose }: FormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [days, setDays] = useState("3");
  const block = useDeed(
    chat.id,
    () =>
      deeds.block(chat.id, {
        version: chat.version,
        reason: reason.trim(),
        days: days ? Number(days) : null,
      }),
    () => t("deeds.blocked"),
    onClose,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    block.mutate();
  };
  const periods = [
    ...DAYS.map((count) => ({ value: String(count), label: t("deeds.days", { count }) })),
    { value: "", label: t("deeds.forGood") },
  ];
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("deeds.blockLead")}</p>
      <Field
        label={t("deeds.reason")}
        hint={t("deeds.reasonHint")}
        value={reason}
        onChange={setReason}
        maxLength={500}
        rows={2}
        autoFocus
      />
      <SelectOne label={t("deeds.until")} options={periods} value={days} onChange={setDays} />
      <FormFoot
        error={block.error}
        busy={block.isPending}
        ready={reason.trim() !== ""}
        action={t("deeds.blockSubmit")}
        onClose={onClose}
      />
    </form>
  );
}
