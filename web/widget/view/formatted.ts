// Draws the spans of a message with text nodes and a handful of elements.
import { type Span, spans } from "../chat/format";
import { h, unseen } from "./dom";

/** `newTab` is what screen readers add to links. */
export function formatted(text: string, newTab: string): Node[] {
  return spans(text).map((span) => draw(span, newTab));
}

function draw(span: Span, newTab: string): Node {
  if (typeof span === "string") return document.createTextNode(span);
  if (span.mark === "a") return outside(span.url, span.url, newTab);
  const element = { b: "strong", i: "em", s: "s" } as const;
  return h(element[span.mark], {}, ...span.spans.map((within) => draw(within, newTab)));
}

/** A link that leaves the page as it is and tells the other side nothing of it. */
export function outside(url: string, label: string, newTab: string): HTMLAnchorElement {
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label, unseen(` ${newTab}`));
}
