/** "yua" is said "maya" where the browser knows it, else as it is. */
export function languageName(code: string, lang: string): string {
  try {
    return new Intl.DisplayNames(lang, { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
