// Dates and spans of time in the words of the chosen language.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { span } from "../desk/waiting";

const LOCALES: Readonly<Record<string, string>> = { es: "es-MX", en: "en-US" };

export function useTimes() {
  const { t, i18n } = useTranslation();
  const locale = LOCALES[i18n.language] ?? "es-MX";
  return useMemo(() => {
    const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hour12: false });
    const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });
    const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
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
    return {
      clock: (at: number) => clock.format(at),
      date: (at: number) => date.format(at),
      moment: (at: number) => `${date.format(at)}, ${clock.format(at)}`,
      day,
      words,
    };
  }, [locale, t]);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
