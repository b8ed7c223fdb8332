// Dates and spans of time in the words of the chosen language.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { span } from "../desk/waiting";

const LOCALES: Readonly<Record<string, string>> = { es: "es-MX", en: "en-US" };

/** How numbers and times are written in a language: as in Mexico, and not as in Spain. */
export function localeOf(language: string): string {
  return LOCALES[language] ?? "es-MX";
}

/** The town's time zone. Until somebody has signed in the computer's own. */
let timeZone: string | undefined;

/** Whoever works from elsewhere, or on a computer that is set wrong, reads the hours of the town all the same. */
export function keepTimesOf(town: string): void {
  timeZone = town;
}

export function useTimes() {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  return useMemo(() => {
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { ...options, timeZone });
    const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const date = format({ day: "numeric", month: "short", year: "numeric" });
    const weekday = format({ weekday: "long", day: "numeric", month: "long" });
    const shortDay = format({ weekday: "short", day: "numeric" });
    const words = (ms: number): string => {
      const said = span(ms);
      if (said.unit === "lessThanMinute") return t("time.lessThanMinute");
      if (said.unit === "hours") return t("time.hours", said);
      return said.unit === "minutes" ? t("time.minutes", said) : t("time.days", said);
    };
    const day = (at: number): string => {
      const days = dayOf(Date.now(), timeZone) - dayOf(at, timeZone);
      if (days <= 0) return t("time.today");
      return days === 1 ? t("time.yesterday") : weekday.format(at);
    };
    const soon = (at: number): string => {
      const today = dayOf(Date.now(), timeZone) === dayOf(at, timeZone);
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

/** Days since 1970 of a moment (Unix ms), by the calendar of a time zone. */
export function dayOf(at: number, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
  }).formatToParts(at);
  const number = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(number("year"), number("month") - 1, number("day")) / 86_400_000;
}
