// The console's words: i18next, whose keys are typed by es.ts. The other pages keep their small own way (src/text).
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { remember, remembered } from "../../ui/memory";
import type { Language } from "../api/types";
import { en } from "./en";
import { es } from "./es";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof es };
  }
}

/** The same as the public pages use: who chose a language there has it here. */
const KEY = "ventanilla.lang";

export function isLanguage(value: unknown): value is Language {
  return value === "es" || value === "en";
}

function first(): Language {
  const wanted = remembered(KEY, isLanguage) ?? navigator.language.slice(0, 2);
  return isLanguage(wanted) ? wanted : "es";
}

export function startTexts(): void {
  i18next.on("languageChanged", (lang) => {
    document.documentElement.lang = lang;
  });
  void i18next.use(initReactI18next).init({
    lng: first(),
    fallbackLng: "es",
    resources: { es: { translation: es }, en: { translation: en } },
    // React escapes by itself.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

export function speak(language: Language): void {
  remember(KEY, language);
  if (i18next.language !== language) void i18next.changeLanguage(language);
}

export function spoken(): Language {
  return isLanguage(i18next.language) ? i18next.language : "es";
}
