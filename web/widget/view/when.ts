// Times and days as people say them.
import type { Texts } from "../text/es";

export function clockTime(at: number, texts: Texts): string {
  return new Date(at).toLocaleTimeString(texts.locale, { hour: "numeric", minute: "2-digit" });
}

/** The same for two moments of one day. */
export function dayOf(at: number): string {
  return new Date(at).toDateString();
}

export function dayName(at: number, now: number, texts: Texts): string {
  if (dayOf(at) === dayOf(now)) return texts.today;
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayOf(at) === yesterday.toDateString()) return texts.yesterday;
  return new Date(at).toLocaleDateString(texts.locale, { weekday: "long", day: "numeric", month: "long" });
}
