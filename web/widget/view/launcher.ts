// The round button in the corner, with how many messages are new.
import type { Texts } from "../text/es";
import { h, say } from "./dom";
import { icon } from "./icons";

export class Launcher {
  readonly element: HTMLButtonElement;
  private readonly badge = h("span", { class: "badge", "aria-hidden": "true", hidden: true });
  /** Announced while the chat is closed. */
  readonly news = h("p", { class: "unseen", role: "status" });
  private readonly label: string;
  private readonly texts: Texts;

  constructor(texts: Texts, title: string, toggle: () => void) {
    this.texts = texts;
    this.label = texts.open(title);
    this.element = h(
      "button",
      { class: "launcher", type: "button", "aria-haspopup": "dialog", onclick: toggle },
      h("span", { class: "shut" }, icon("chat")),
      h("span", { class: "opened" }, icon("down")),
      this.badge,
    );
  }

  draw(isOpen: boolean, unread: number): void {
    const count = isOpen ? 0 : unread;
    const news = count ? this.texts.unread(count) : "";
    this.element.setAttribute("aria-expanded", String(isOpen));
    this.element.setAttribute(
      "aria-label",
      isOpen ? this.texts.close : [this.label, news].filter(Boolean).join(". "),
    );
    this.badge.hidden = !count;
    say(this.badge, count > 9 ? "9+" : String(count));
    say(this.news, news);
  }
}
