// A move with what it needs: words, photos, a day, a reason. What is written is kept on this computer until it is sent.
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { board } from "../../api/board";
import type { BoardReport, NextMove } from "../../api/types";
import { FormFoot } from "../../desk/actions/DeedWindow";
import { useDraft } from "../../desk/composer/useDraft";
import { useMay } from "../../session/session";
import { OnOff, SelectOne } from "../../ui/Choice";
import { Field } from "../../ui/Field";
import { useDepartments } from "../../ui/useDepartments";
import { useForm } from "../useForm";
import { Evidence } from "./Evidence";
import { bodyOf, EMPTY, lacks, type Written } from "./moves";
import { useAct } from "./useAct";

export interface ActProps {
  report: BoardReport;
  onClose: () => void;
}

interface Props extends ActProps {
  move: NextMove;
}

interface PartProps {
  move: NextMove;
  written: Written;
  set: (change: Partial<Written>) => void;
}

export function MoveForm({ report, move, onClose }: Props) {
  const { t } = useTranslation();
  const draft = useDraft(report.id, "move");
  const [written, setWritten] = useState<Written>(() => ({
    ...EMPTY,
    evidence: report.evidence,
    publicText: draft.text,
  }));
  const set = (change: Partial<Written>) => {
    if (change.publicText !== undefined) draft.set(change.publicText);
    setWritten((before) => ({ ...before, ...change }));
  };
  const act = useAct(
    () => board.move(report.id, bodyOf(move.to, report.version, written)),
    () => {
      draft.set("");
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act.mutate();
  };
  const needs = (need: string) => move.needs.includes(need);
  const parts = { move, written, set };
  return (
    <form className="stack" onSubmit={submit}>
      {(needs("department") || move.to === "assigned") && <Department {...parts} />}
      {needs("date") && (
        <Field label={t("board.act.day")} type="date" value={written.day} onChange={(day) => set({ day })} />
      )}
      {needs("authority") && <Authority {...parts} />}
      {needs("reason") && <Reason {...parts} />}
      <PublicText {...parts} />
      {needs("evidence") && <Photos report={report} {...parts} />}
      <Field
        label={t("board.act.privateNote")}
        hint={t("common.optional")}
        value={written.privateNote}
        onChange={(privateNote) => set({ privateNote })}
        rows={2}
      />
      {move.tells && <p className="hint">{t("board.act.tells")}</p>}
      <FormFoot
        error={act.error}
        busy={act.isPending}
        ready={lacks(move, written, report.department) === null}
        action={t("common.save")}
        onClose={onClose}
      />
    </form>
  );
}

function useWordsLabel(move: NextMove) {
  const { t } = useTranslation();
  switch (move.to) {
    case "resolved_claimed":
      return { label: t("board.act.publicDone"), hint: t("board.act.publicDoneHint") };
    case "waiting_citizen":
      return { label: t("board.act.publicAsk"), hint: t("board.act.draftKept") };
    case "closed_rejected":
      return { label: t("board.act.publicWhy"), hint: t("board.act.draftKept") };
    default:
      return { label: t("board.act.publicText"), hint: t("common.optional") };
  }
}

function PublicText({ move, written, set }: PartProps) {
  const { label, hint } = useWordsLabel(move);
  const change = (publicText: string) => set({ publicText });
  return (
    <Field label={label} hint={hint} value={written.publicText} onChange={change} rows={4} maxLength={2000} />
  );
}

function Photos({ report, written, set }: PartProps & { report: BoardReport }) {
  const { t } = useTranslation();
  const moderates = useMay("reports.moderate");
  return (
    <>
      <Evidence report={report.id} photos={written.evidence} onChange={(evidence) => set({ evidence })} />
      {moderates && !report.private && (
        <OnOff isSelected={written.showEvidence} onChange={(showEvidence) => set({ showEvidence })}>
          {t("board.act.showEvidence")}
        </OnOff>
      )}
    </>
  );
}

function Department({ written, set }: PartProps) {
  const { t } = useTranslation();
  const { options } = useDepartments();
  return (
    <SelectOne
      label={t("board.act.toDepartment")}
      placeholder={t("board.act.chooseDepartment")}
      value={written.department}
      onChange={(department) => set({ department })}
      options={options}
    />
  );
}

function Reason({ written, set }: PartProps) {
  const { t } = useTranslation();
  const { rejections } = useForm();
  const options = rejections.map((value) => ({
    value,
    label: t(`board.reasons.${value}` as "board.reasons.other", { defaultValue: value }),
  }));
  return (
    <SelectOne
      label={t("board.act.reason")}
      placeholder={t("board.act.chooseReason")}
      value={written.reason}
      onChange={(reason) => set({ reason })}
      options={options}
    />
  );
}

function Authority({ written: { authority }, set }: PartProps) {
  const { t } = useTranslation();
  const change = (field: keyof typeof authority) => (value: string) =>
    set({ authority: { ...authority, [field]: value } });
  return (
    <>
      <Field label={t("board.act.authorityName")} value={authority.name} onChange={change("name")} />
      <Field
        label={t("board.act.authorityPhone")}
        type="tel"
        value={authority.phone}
        onChange={change("phone")}
      />
      <Field
        label={t("board.act.authorityFolio")}
        hint={t("common.optional")}
        value={authority.folio}
        onChange={change("folio")}
      />
    </>
  );
}
