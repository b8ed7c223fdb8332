// The place above the text field for one thing at a time: what to attach, a photo to look at, a question.
import { type Child, fill, h } from "./dom";

export class Tray {
  readonly element = h("div", { class: "tray", role: "group", hidden: true });
  private back: HTMLElement | null = null;
  private ended: (() => void) | null = null;

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** `ended` is told when something else takes its place or it is closed. Focus goes in, and later back. */
  show(label: string, children: Child[], ended: (() => void) | null = null): void {
    const wasOpen = this.isOpen;
    this.end();
    if (!wasOpen) this.back = focusedIn(this.element);
    this.ended = ended;
    this.element.setAttribute("aria-label", label);
    fill(this.element, ...children);
    this.element.hidden = false;
    this.element.querySelector<HTMLElement>("button, [tabindex]")?.focus();
  }

  close(): void {
    if (!this.isOpen) return;
    const hadFocus = this.element.contains(focusedIn(this.element));
    this.end();
    this.element.hidden = true;
    fill(this.element);
    if (hadFocus && this.back?.isConnected) this.back.focus();
    this.back = null;
  }

  private end(): void {
    const { ended } = this;
    this.ended = null;
    ended?.();
  }
}

function focusedIn(element: HTMLElement): HTMLElement | null {
  return (element.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
}
