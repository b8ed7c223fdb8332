// Where the visitor writes. What they typed survives a reload; Enter sends, Shift and Enter makes a line.
import type { Context } from "./context";
import { h, setAttribute } from "./dom";
import { icon } from "./icons";

/** What the server takes at once, with room (adapters/src/webchat: 4,096). */
const LONGEST = 4000;
const TALLEST_PX = 132;

export interface ComposerEvents {
  send: (text: string) => void;
  attach: () => void;
  draft: (text: string) => void;
}

export class Composer {
  readonly element: HTMLFormElement;
  readonly attach: HTMLButtonElement;
  private readonly field: HTMLTextAreaElement;
  private readonly context: Context;
  private readonly on: ComposerEvents;

  constructor(context: Context, draft: string, on: ComposerEvents) {
    const { texts } = context;
    this.context = context;
    this.on = on;
    this.field = h("textarea", {
      rows: 1,
      maxlength: LONGEST,
      "aria-label": texts.message,
      placeholder: texts.placeholder,
      enterkeyhint: "send",
      autocomplete: "off",
      oninput: () => this.changed(),
      onkeydown: (event: KeyboardEvent) => this.onKey(event),
    });
    this.field.value = draft;
    this.attach = h(
      "button",
      {
        type: "button",
        class: "round",
        "aria-label": texts.attach,
        "aria-expanded": "false",
        onclick: on.attach,
      },
      icon("plus"),
    );
    const send = h("button", { class: "round send", "aria-label": texts.send }, icon("send"));
    const submit = (event: Event) => {
      event.preventDefault();
      this.send();
    };
    this.element = h("form", { class: "composer", onsubmit: submit }, this.attach, this.field, send);
  }

  /** What stands there; it is taken out. */
  take(): string {
    const text = this.field.value.trim();
    this.field.value = "";
    this.expect("placeholder");
    this.changed();
    return text;
  }

  focus(): void {
    this.field.focus();
  }

  /** Says in the empty field what kind of answer is meant. */
  expect(kind: "placeholder" | "placePlaceholder" | "contactPlaceholder"): void {
    setAttribute(this.field, "placeholder", this.context.texts[kind]);
    setAttribute(this.field, "inputmode", kind === "contactPlaceholder" ? "tel" : null);
  }

  /** Makes the field as tall as its text; it has to be visible for that. */
  fit(): void {
    const { style } = this.field;
    style.height = "auto";
    const edges = this.field.offsetHeight - this.field.clientHeight;
    if (this.field.scrollHeight) style.height = `${Math.min(TALLEST_PX, this.field.scrollHeight + edges)}px`;
  }

  private send(): void {
    this.on.send(this.take());
    this.focus();
  }

  private changed(): void {
    this.on.draft(this.field.value);
    this.fit();
  }

  private onKey(event: KeyboardEvent): void {
    // 229: a keyboard that composes characters (and says so with this number on older phones).
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    this.send();
  }
}
