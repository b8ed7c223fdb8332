/** "14:05" or "2:05 PM", as the language writes it. */
export function clock(at: number, lang: string): string {
  return new Intl.DateTimeFormat(lang === "es" ? "es-MX" : "en", {
    hour: "numeric",
    minute: "2-digit",
  }).format(at);
}
