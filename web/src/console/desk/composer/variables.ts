// The variables of canned replies. What is not known stays visible as {{name}}, and is not sent so.

export type Values = Readonly<Record<string, string | null>>;

const VARIABLE = /\{\{\s*([\p{L}_]+)\s*\}\}/gu;

export function fill(text: string, values: Values): string {
  return text.replace(VARIABLE, (whole, name: string) => values[name.toLowerCase()] || whole);
}

/** The names of variables that still stand in a text, each once. */
export function unfilled(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map(([, name]) => name ?? ""))];
}
