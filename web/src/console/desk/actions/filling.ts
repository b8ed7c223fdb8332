// A template with what was filled into its places. Pure.
import type { Cost, Template } from "../../api/types";

/** What stands in a place while it is empty. */
const EMPTY = "…";

export function filled({ text, places }: Template, values: readonly string[]): string {
  return places.reduce(
    (said, { key }, at) => said.replaceAll(`{{${key}}}`, () => values[at]?.trim() || EMPTY),
    text,
  );
}

/** Each place in one line. */
export function isFilled({ places }: Template, values: readonly string[]): boolean {
  return places.every((_, at) => (values[at]?.trim() ?? "") !== "");
}

export function priceOf({ amount, currency }: Cost, language: string): string {
  const locale = language === "en" ? "en-US" : "es-MX";
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount);
}
