import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import { codeOf } from "../../api/problem";
import type { Chat, Transfer } from "../../api/types";
import { useMe } from "../../session/session";
import { Button } from "../../ui/Button";
import { RadioOne, SelectOne } from "../../ui/Choice";
import { Field } from "../../ui/Field";
import { languageName } from "../../ui/languageName";
import { Problems } from "../../ui/Problems";
import { useDepartments } from "../../ui/useDepartments";
import { Window } from "../../ui/Window";
import { refresh } from "../chats";
import { useSay } from "../say";

interface Props {
  chat: Chat;
  isOpen: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** Passing a conversation on: to somebody, to a department, or back to whoever is free. */
export function TransferWindow(props: Props) {
  const { t } = useTranslation();
  return (
    <Window title={t("actions.transferTitle")} isOpen={props.isOpen} onClose={props.onClose}>
      <Form {...props} />
    </Window>
  );
}

type Kind = "colleague" | "department" | "queue";

function targetOf(kind: Kind, staff: string | null, department: string | null): Transfer["to"] | null {
  if (kind === "queue") return { queue: true };
  if (kind === "colleague") return staff ? { staff } : null;
  return department ? { department } : null;
}

function Form({ chat, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const [kind, setKind] = useState<Kind>("colleague");
  const [staff, setStaff] = useState<string | null>(null);
  const [department, setDepartment] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const to = targetOf(kind, staff, department);
  const pass = useMutation({
    mutationFn: (target: Transfer["to"]) => {
      const written = note.trim() === "" ? {} : { note: note.trim() };
      return desk.transfer(chat.id, { version: chat.version, to: target, ...written });
    },
    onSuccess: () => {
      refresh(chat.id);
      say(t("actions.transferred"));
      onDone();
    },
    onError: (error) => codeOf(error) === "stale" && refresh(chat.id),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (to) pass.mutate(to);
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("actions.transferLead")}</p>
      <RadioOne<Kind>
        label={t("actions.to")}
        value={kind}
        onChange={setKind}
        options={[
          { value: "colleague", label: t("actions.toColleague") },
          { value: "department", label: t("actions.toDepartment") },
          { value: "queue", label: t("actions.toQueue") },
        ]}
      />
      {kind === "colleague" && <ColleagueChoice value={staff} onChange={setStaff} />}
      {kind === "department" && <DepartmentChoice value={department} onChange={setDepartment} />}
      <Field
        label={`${t("actions.note")} ${t("common.optional")}`}
        value={note}
        onChange={setNote}
        rows={2}
      />
      <Problems error={pass.error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" className="primary" isPending={pass.isPending} isDisabled={to === null}>
          {t("actions.transferSubmit")}
        </Button>
      </div>
    </form>
  );
}

interface ChoiceProps {
  value: string | null;
  onChange: (id: string) => void;
}

function ColleagueChoice({ value, onChange }: ChoiceProps) {
  const { t, i18n } = useTranslation();
  const { id } = useMe();
  const { data } = useQuery({ queryKey: KEYS.colleagues, queryFn: desk.colleagues });
  const others = (data?.colleagues ?? []).filter((colleague) => colleague.id !== id);
  return (
    <SelectOne
      label={t("actions.colleague")}
      placeholder={t("actions.choose")}
      value={value}
      onChange={onChange}
      options={others.map(({ id: person, name, status, chats, languages, skills }) => ({
        value: person,
        label: name,
        hint: [
          t("actions.colleagueState", { status: t(`shell.${status}`), count: chats }),
          ...languages.map((code) => languageName(code, i18n.language)),
          ...skills,
        ].join(" · "),
      }))}
    />
  );
}

function DepartmentChoice({ value, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const { options } = useDepartments();
  return (
    <SelectOne
      label={t("actions.department")}
      placeholder={t("actions.choose")}
      value={value}
      onChange={onChange}
      options={options}
    />
  );
}
