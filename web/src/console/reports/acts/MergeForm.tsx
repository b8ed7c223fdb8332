import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { board } from "../../api/board";
import { FormFoot } from "../../desk/actions/DeedWindow";
import { RadioOne } from "../../ui/Choice";
import { Field } from "../../ui/Field";
import type { ActProps } from "./MoveForm";
import { useAct } from "./useAct";

/** Adds the report to another that is about the same thing: one nearby, or by its folio. */
export function MergeForm({ report, onClose }: ActProps) {
  const { t } = useTranslation();
  const [folio, setFolio] = useState("");
  const act = useAct(() => board.merge(report.id, { version: report.version, folio }), onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act.mutate();
  };
  const near = report.near.slice(0, 5).map((other) => ({
    value: other.folio,
    label: `${other.folio} · ${other.category_name}`,
    hint: [t("board.one.metres", { count: other.metres }), other.summary].filter(Boolean).join(" · "),
  }));
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("board.act.mergeHint")}</p>
      <Field label={t("board.act.mergeFolio")} value={folio} onChange={setFolio} />
      {near.length > 0 && (
        <RadioOne label={t("board.act.mergeNear")} value={folio} onChange={setFolio} options={near} />
      )}
      <FormFoot
        error={act.error}
        busy={act.isPending}
        ready={folio.trim() !== ""}
        action={t("board.act.merge")}
        onClose={onClose}
      />
    </form>
  );
}
