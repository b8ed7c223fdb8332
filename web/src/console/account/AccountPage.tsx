// One's own account.
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { me as account } from "../api/accounts";
import type { Language } from "../api/types";
import { changed, useMay, useMe } from "../session/session";
import { AlertSettings } from "../shell/AlertsMenu";
import { isLanguage } from "../text/i18n";
import { THEMES, type Theme, useTheme } from "../theme/theme";
import { Button } from "../ui/Button";
import { RadioOne, SelectOne } from "../ui/Choice";
import { Field } from "../ui/Field";
import { Card, Page } from "../ui/Page";
import { Problems } from "../ui/Problems";
import { Devices } from "./Devices";
import { FactorCard } from "./FactorCard";
import { IdentityCard } from "./IdentityCard";
import { PasswordCard } from "./PasswordCard";

export function AccountPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("account.title")}>
      <div className="cards">
        <Profile />
        <Appearance />
        <PasswordCard />
        <FactorCard />
        <IdentityCard />
      </div>
      <Devices />
    </Page>
  );
}

function Profile() {
  const { t } = useTranslation();
  const me = useMe();
  const [name, setName] = useState(me.name);
  const [language, setLanguage] = useState<Language>(isLanguage(me.language) ? me.language : "es");
  const save = useMutation({
    mutationFn: () => account.change({ name: name.trim(), language }),
    onSuccess: changed,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Card title={t("account.profile")}>
      <form className="stack" onSubmit={submit}>
        <Field label={t("account.name")} value={name} onChange={setName} isRequired autoComplete="name" />
        <Field label={t("account.email")} value={me.email} isReadOnly />
        <SelectOne
          label={t("account.language")}
          value={language}
          onChange={setLanguage}
          options={[
            { value: "es", label: "Español" },
            { value: "en", label: "English" },
          ]}
        />
        <div>
          <p className="label">{t("account.roles")}</p>
          <ul className="chips">
            {me.roles.map((role) => (
              <li key={role}>{t(`role.${role}`)}</li>
            ))}
          </ul>
        </div>
        <Problems error={save.error} />
        <div className="row">
          <Button type="submit" className="primary" isPending={save.isPending}>
            {t("common.save")}
          </Button>
          <span role="status">{save.isSuccess && t("common.saved")}</span>
        </div>
      </form>
    </Card>
  );
}

const THEME_LABELS = {
  system: "shell.themeSystem",
  light: "shell.themeLight",
  dark: "shell.themeDark",
  contrast: "shell.themeContrast",
} as const;

function Appearance() {
  const { t } = useTranslation();
  const [theme, setTheme] = useTheme();
  const attends = useMay("chats.attend");
  return (
    <Card title={t("account.appearance")}>
      <div className="stack">
        <RadioOne<Theme>
          label={t("shell.theme")}
          value={theme}
          onChange={setTheme}
          options={THEMES.map((value) => ({ value, label: t(THEME_LABELS[value]) }))}
        />
        {attends && <AlertSettings />}
      </div>
    </Card>
  );
}
