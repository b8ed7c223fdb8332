import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { board } from "../../api/board";
import { KEYS } from "../../api/keys";
import { FormFoot } from "../../desk/actions/DeedWindow";
import { SelectOne } from "../../ui/Choice";
import { useDepartments } from "../../ui/useDepartments";
import type { ActProps } from "./MoveForm";
import { useAct } from "./useAct";

const NOBODY = "";

export function AssignForm({ report, onClose }: ActProps) {
  const { t } = useTranslation();
  const { options } = useDepartments();
  const { data } = useQuery({ queryKey: KEYS.boardColleagues, queryFn: () => board.colleagues() });
  const [department, setDepartment] = useState(report.department);
  const [person, setPerson] = useState(report.assignee ?? NOBODY);
  const fitting = (data?.colleagues ?? []).filter(
    ({ all, departments }) =>
      (all && !report.private) || (department !== null && departments.includes(department)),
  );
  const fits = fitting.some(({ id }) => id === person);
  const assignee = fits ? person : NOBODY;
  const act = useAct(
    () =>
      board.assign(report.id, {
        version: report.version,
        department,
        assignee: assignee === NOBODY ? null : assignee,
      }),
    onClose,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <SelectOne
        label={t("board.act.toDepartment")}
        placeholder={t("board.act.chooseDepartment")}
        value={department}
        onChange={setDepartment}
        options={options}
      />
      <SelectOne
        label={t("board.act.person")}
        value={assignee}
        onChange={setPerson}
        options={[
          { value: NOBODY, label: t("board.act.nobody") },
          ...fitting.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <FormFoot error={act.error} busy={act.isPending} ready action={t("common.save")} onClose={onClose} />
    </form>
  );
}
