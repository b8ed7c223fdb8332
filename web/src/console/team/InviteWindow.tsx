import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { staff } from "../api/accounts";
import { KEYS } from "../api/keys";
import type { Language, NewInvitation, Role } from "../api/types";
import { queries } from "../session/queries";
import { Button } from "../ui/Button";
import { ChooseSome, SelectOne } from "../ui/Choice";
import { ShownOnce } from "../ui/Copy";
import { Field } from "../ui/Field";
import { Problems } from "../ui/Problems";
import { roleOptions } from "../ui/roles";
import { useDepartments } from "../ui/useDepartments";
import { useTimes } from "../ui/useTimes";
import { Window } from "../ui/Window";
import { AbilityFields } from "./AbilityFields";
import { type Abilities, skillsOf } from "./abilities";

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

/** Inviting somebody: the link is made here and sent by whoever invites, so that no mail server is needed. */
export function InviteWindow({ isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Window title={t("team.inviteTitle")} isOpen={isOpen} onClose={onClose}>
      <Inside onClose={onClose} />
    </Window>
  );
}

function Inside({ onClose }: Pick<Props, "onClose">) {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const invite = useMutation({
    mutationFn: (invitation: NewInvitation) => staff.invite(invitation),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEYS.invitations }),
  });
  if (!invite.data) {
    return (
      <Form
        busy={invite.isPending}
        error={invite.error}
        onClose={onClose}
        onInvite={(who) => invite.mutate(who)}
      />
    );
  }
  const { invitation, link } = invite.data;
  return (
    <div className="stack">
      <p>
        <strong>{t("team.linkTitle", { name: invitation.name })}</strong>
      </p>
      <p>{t("team.linkLead")}</p>
      <ShownOnce label={t("team.link")} text={link} />
      <p className="hint">{t("team.linkUntil", { time: moment(invitation.expires_at) })}</p>
      <div className="window-actions">
        <Button className="primary" onPress={onClose}>
          {t("common.close")}
        </Button>
      </div>
    </div>
  );
}

interface FormProps {
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onInvite: (who: NewInvitation) => void;
}

type Wanted = NewInvitation & { departments: string[]; language: Language };

const NO_ABILITIES: Abilities = { languages: [], skills: "", supervised: false };

function Form({ busy, error, onClose, onInvite }: FormProps) {
  const { t } = useTranslation();
  const { options } = useDepartments();
  const [who, setWho] = useState<Wanted>({
    name: "",
    email: "",
    roles: ["agent"],
    departments: [],
    language: "es",
  });
  const [abilities, setAbilities] = useState(NO_ABILITIES);
  const set = (change: Partial<Wanted>) => setWho((before) => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (who.roles.length > 0) {
      const { languages, skills, supervised } = abilities;
      const able = { languages, skills: skillsOf(skills), supervised };
      onInvite({ ...who, ...able, name: who.name.trim(), email: who.email.trim() });
    }
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("team.inviteLead")}</p>
      <Field
        label={t("team.name")}
        value={who.name}
        onChange={(name) => set({ name })}
        isRequired
        autoFocus
      />
      <Field
        label={t("team.email")}
        type="email"
        value={who.email}
        onChange={(email) => set({ email })}
        isRequired
      />
      <ChooseSome<Role>
        label={t("team.roles")}
        options={roleOptions(t)}
        value={who.roles}
        onChange={(roles) => set({ roles })}
        wrong={who.roles.length === 0 ? t("team.pickRole") : null}
      />
      <ChooseSome
        label={t("team.departments")}
        options={options}
        value={who.departments}
        onChange={(departments) => set({ departments })}
      />
      <AbilityFields
        value={abilities}
        onChange={(change) => setAbilities((before) => ({ ...before, ...change }))}
      />
      <SelectOne<Language>
        label={t("team.language")}
        value={who.language}
        onChange={(language) => set({ language })}
        options={[
          { value: "es", label: "Español" },
          { value: "en", label: "English" },
        ]}
      />
      <Problems error={error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" className="primary" isPending={busy} isDisabled={who.roles.length === 0}>
          {t("team.makeLink")}
        </Button>
      </div>
    </form>
  );
}
