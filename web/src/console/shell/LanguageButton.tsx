import { useMutation } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { me } from "../api/accounts";
import { KEYS } from "../api/keys";
import type { Language } from "../api/types";
import { queries } from "../session/queries";
import { changed } from "../session/session";
import { speak, spoken } from "../text/i18n";

/** Speaks the other language at once; who is signed in has it on every computer. */
export function useLanguageChange(): (language: Language) => void {
  const { mutate } = useMutation({
    mutationFn: (language: Language) => me.change({ language }),
    onSuccess: changed,
  });
  return (language) => {
    speak(language);
    if (queries.getQueryData(KEYS.me)) mutate(language);
  };
}

export function LanguageButton() {
  const { t } = useTranslation();
  const change = useLanguageChange();
  const other: Language = spoken() === "es" ? "en" : "es";
  return (
    <Button className="quiet" onPress={() => change(other)}>
      <span lang={other}>{t("common.otherLanguage")}</span>
    </Button>
  );
}
