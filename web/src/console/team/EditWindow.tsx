import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { staff } from "../api/accounts";
import { KEYS } from "../api/keys";
import type { Role, StaffRow } from "../api/types";
import { queries } from "../session/queries";
import { useMe } from "../session/session";
import { Button } from "../ui/Button";
import { ChooseSome } from "../ui/Choice";
import { Field } from "../ui/Field";
import { Problems } from "../ui/Problems";
import { roleOptions } from "../ui/roles";
import { useDepartments } from "../ui/useDepartments";
import { Window } from "../ui/Window";
import { AbilityFields } from "./AbilityFields";
import { type Abilities, skillsOf } from "./abilities";

interface Props {
  person: StaffRow;
  isOpen: boolean;
  onClose: () => void;
}

export function EditWindow({ person, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Window title={t("team.editTitle", { name: person.name })} isOpen={isOpen} onClose={onClose}>
      <Form person={person} onClose={onClose} />
    </Window>
  );
}

function Form({ person, onClose }: Omit<Props, "isOpen">) {
  const { t } = useTranslation();
  const { id } = useMe();
  const { options } = useDepartments();
  const [name, setName] = useState(person.name);
  const [roles, setRoles] = useState<Role[]>(person.roles);
  const [departments, setDepartments] = useState(person.departments);
  const [abilities, setAbilities] = useState<Abilities>({
    languages: person.languages,
    skills: person.skills.join(", "),
    supervised: person.supervised,
  });
  const save = useMutation({
    mutationFn: () => {
      const able = { ...abilities, skills: skillsOf(abilities.skills) };
      return staff.change(person.id, { name: name.trim(), roles, departments, ...able });
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: KEYS.staff });
      void queries.invalidateQueries({ queryKey: KEYS.colleagues });
      // One's own roles decide what the navigation shows.
      if (person.id === id) void queries.invalidateQueries({ queryKey: KEYS.me });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (roles.length > 0) save.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Field label={t("team.name")} value={name} onChange={setName} isRequired />
      <ChooseSome<Role>
        label={t("team.roles")}
        options={roleOptions(t)}
        value={roles}
        onChange={setRoles}
        wrong={roles.length === 0 ? t("team.pickRole") : null}
      />
      <ChooseSome
        label={t("team.departments")}
        options={options}
        value={departments}
        onChange={setDepartments}
      />
      <AbilityFields
        value={abilities}
        onChange={(change) => setAbilities((before) => ({ ...before, ...change }))}
      />
      <Problems error={save.error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" className="primary" isPending={save.isPending} isDisabled={roles.length === 0}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
