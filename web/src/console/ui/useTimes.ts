// Dates and spans of time in the words of the chosen language.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { span } from "../desk/waiting";

const LOCALES: Readonly<Record<string, string>> = { es: "es-MX", en: "en-US" };

/** How numbers and times are written in a language: as in Mexico, and not as in Spain. */
export function localeOf(language: string): string {
  return LOCALES[language] ?? "es-MX";
}

export function useTimes() {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  return useMemo(() => {
    const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hour12: false });
    const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });
    const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
    const shortDay = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric" });
    const words = (ms: number): string => {
      const said = span(ms);
      if (said.unit === "lessThanMinute") return t("time.lessThanMinute");
      if (said.unit === "hours") return t("time.hours", said);
      return said.unit === "minutes" ? t("time.minutes", said) : t("time.days", said);
    };
    const day = (at: number): string => {
      const days = midnight(Date.now()) - midnight(at);
      if (days <= 0) return t("time.today");
      return days <= 25 * 3_600_000 ? t("time.yesterday") : weekday.format(at);
    };
    const soon = (at: number): string => {
      const today = midnight(Date.now()) === midnight(at);
      return today ? clock.format(at) : `${shortDay.format(at)} ${clock.format(at)}`;
    };
    return {
      clock: (at: number) => clock.format(at),
      date: (at: number) => date.format(at),
      moment: (at: number) => `${date.format(at)}, ${clock.format(at)}`,
      day,
      /** The clock, and the day where it is not today. */
      soon,
      words,
    };
  }, [locale, t]);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
