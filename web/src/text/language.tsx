// Which language the pages speak: what the person chose before, else the browser's, else Spanish.
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { remember, remembered } from "../ui/memory";
import { en } from "./en";
import { es, type Texts } from "./es";

const LANGUAGES = { es, en } satisfies Record<string, Texts>;

export type Lang = keyof typeof LANGUAGES;

interface Language {
  lang: Lang;
  texts: Texts;
  change: (lang: Lang) => void;
}

const Spoken = createContext<Language | null>(null);

const KEY = "ventanilla.lang";

function first(): Lang {
  const wanted = remembered(KEY, isLang) ?? navigator.language.slice(0, 2);
  return isLang(wanted) ? wanted : "es";
}

function isLang(value: unknown): value is Lang {
  return typeof value === "string" && value in LANGUAGES;
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [lang, setLang] = useState<Lang>(first);
  useEffect(() => {
    document.documentElement.lang = lang;
  }, [lang]);
  const change = (next: Lang) => {
    remember(KEY, next);
    setLang(next);
  };
  return <Spoken value={{ lang, texts: LANGUAGES[lang], change }}>{children}</Spoken>;
}

export function useLanguage(): Language {
  const language = useContext(Spoken);
  if (!language) throw new Error("useLanguage was called outside LanguageProvider");
  return language;
}

export function LanguageSwitch() {
  const { lang, texts, change } = useLanguage();
  const other: Lang = lang === "es" ? "en" : "es";
  return (
    <button type="button" className="quiet" lang={other} onClick={() => change(other)}>
      {texts.common.otherLanguage}
    </button>
  );
}
