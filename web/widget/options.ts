// What the page says about the chat on its script tag:
// <script src="https://TOWN/widget.js" data-lang="es" data-color="#0d5f57" data-title="…" data-open async></script>
import { DEFAULT_COLOUR, type Palette, palette } from "./chat/colour";
import { en } from "./text/en";
import { es, type Texts } from "./text/es";

export interface Options {
  /** Where the server is, without a slash at the end. */
  base: string;
  texts: Texts;
  palette: Palette;
  title: string;
  /** Open from the beginning, where there is room beside the page. */
  open: boolean;
}

/** `null` when the tag has no address: then nobody knows where the server is. */
export function readOptions(script: HTMLScriptElement | null): Options | null {
  if (!script?.src) return null;
  const { lang, color, title, open } = script.dataset;
  const texts = chooseTexts([lang, document.documentElement.lang, ...(navigator.languages ?? [])]);
  return {
    base: new URL(".", script.src).href.replace(/\/$/, ""),
    texts,
    palette: palette(color ?? "") ?? (palette(DEFAULT_COLOUR) as Palette),
    title: title?.trim() || texts.title,
    open: open !== undefined && open !== "false",
  };
}

/** The first language that this chat speaks; Spanish when it speaks none. */
export function chooseTexts(languages: (string | undefined)[]): Texts {
  for (const language of languages) {
    const name = language?.slice(0, 2).toLowerCase();
    if (name === "es") return es;
    if (name === "en") return en;
  }
  return es;
}
