// What the desk should know of somebody: languages, skills, and whether their answers are read first.
import { useTranslation } from "react-i18next";
import { ChooseSome, OnOff } from "../ui/Choice";
import { Field } from "../ui/Field";
import { languageName } from "../ui/languageName";
import type { Abilities } from "./abilities";

/** Offered to everybody; what an account has besides stays. */
const LANGUAGES = ["es", "en", "yua", "nah", "zap", "tzo"];

interface Props {
  value: Abilities;
  onChange: (change: Partial<Abilities>) => void;
}

export function AbilityFields({ value, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const languages = [...new Set([...LANGUAGES, ...value.languages])];
  return (
    <>
      <ChooseSome
        label={t("team.answersIn")}
        options={languages.map((code) => ({ value: code, label: languageName(code, i18n.language) }))}
        value={value.languages}
        onChange={(chosen) => onChange({ languages: chosen })}
      />
      <p className="hint">{t("team.answersInHint")}</p>
      <Field
        label={`${t("team.skills")} ${t("common.optional")}`}
        hint={t("team.skillsHint")}
        value={value.skills}
        onChange={(skills) => onChange({ skills })}
      />
      <OnOff isSelected={value.supervised} onChange={(supervised) => onChange({ supervised })}>
        {t("team.supervised")}
      </OnOff>
    </>
  );
}
