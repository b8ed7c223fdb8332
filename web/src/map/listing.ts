// The list beside the map: the same reports, to be read and to be reached by keyboard.
import type { Points, Report } from "./types";

export interface Texts {
  loading: string;
  failed: string;
  seen_none: string;
  seen_one: string;
  seen: string;
  seen_newest: string;
  zoom_in: string;
  zoom_out: string;
  cluster: string;
}

export interface Card {
  people: string;
  filed: string;
  nowhere: string;
}

/** Nobody reads more beside a map. */
const LISTED = 30;

/** Puts a value where a text has its place: `{n}`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** What is said of so many points. */
export function summary(texts: Texts, count: number, complete: boolean): string {
  if (!complete) return fill(texts.seen_newest, { n: count });
  if (count === 0) return texts.seen_none;
  return count === 1 ? texts.seen_one : fill(texts.seen, { n: count });
}

export function listing(texts: Texts, card: Card): { show: (points: Points) => void } {
  const list = document.getElementById("cards");
  const seen = document.getElementById("seen");
  return {
    show: ({ features, complete }) => {
      if (seen) seen.textContent = summary(texts, features.length, complete);
      list?.replaceChildren(...features.slice(0, LISTED).map(({ properties }) => entry(properties, card)));
    },
  };
}

/** As the server writes it (templates/parts.html). */
function entry(report: Report, card: Card): HTMLElement {
  const item = made("li", "card");
  const heading = made("h3");
  const link = Object.assign(made("a"), { href: report.url, textContent: report.category });
  heading.append(link);
  const state = made("p");
  state.append(made("span", `badge ${report.tone}`, report.state));
  if (report.people > 1) state.append(" ", made("span", "people", fill(card.people, { n: report.people })));
  const rest = made("p", "small");
  const filed = fill(card.filed, { day: report.day });
  rest.append(`${report.colonia ?? card.nowhere} · ${filed} · `, made("span", "folio", report.folio));
  item.append(heading, state, rest);
  return item;
}

function made<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  text = "",
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}
