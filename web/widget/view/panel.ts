// The chat's window: a card beside the page where there is room, the whole screen where there is not.
import type { Chat, Connection } from "../chat/chat";
import type { Memory } from "../chat/memory";
import { Attach } from "./attach";
import { Composer } from "./composer";
import type { Actions, Context } from "./context";
import { h, say } from "./dom";
import { icon } from "./icons";
import { Log } from "./log";
import { Tray } from "./tray";

export class Panel {
  readonly element: HTMLElement;
  private readonly context: Context;
  private readonly log: Log;
  private readonly tray = new Tray();
  private readonly attach: Attach;
  private readonly composer: Composer;
  private readonly status = h("p", { class: "status" });
  private readonly notice = h("p", { class: "notice", role: "status" });
  private readonly forget: HTMLButtonElement;

  constructor(base: Omit<Context, "actions">, actions: BaseActions, title: string, memory: Memory) {
    this.context = { ...base, actions: this.actions(actions) };
    const { texts } = this.context;
    this.log = new Log(this.context);
    this.attach = new Attach(this.context, this.tray, () => this.composer);
    this.composer = new Composer(this.context, memory.draft, {
      send: (text) => this.send(text),
      attach: () => this.attach.menu(),
      draft: (text) => {
        memory.draft = text;
      },
    });
    this.forget = iconButton("trash", texts.forget.label, () => this.attach.askToForget());
    this.element = h(
      "div",
      { class: "panel", role: "dialog", "aria-labelledby": "title", tabindex: -1, hidden: true },
      this.header(title),
      this.notice,
      this.log.element,
      this.tray.element,
      this.composer.element,
      this.attach.fileInput,
    );
  }

  draw(chat: Chat): void {
    const { texts } = this.context;
    const lost = chat.connection === "lost";
    say(this.status, texts.status[chat.connection]);
    this.status.className = `status ${chat.connection satisfies Connection}`;
    say(this.notice, chat.blocked !== null ? texts.blocked : lost ? texts.offline : "");
    this.forget.hidden = !chat.hasBegun;
    this.log.draw(chat);
  }

  /** After it was shown: sizes are known only then. */
  shown(takeFocus: boolean): void {
    this.composer.fit();
    this.log.toTheEnd();
    if (!takeFocus) return;
    // On a phone the keyboard would cover what there is to read.
    if (matchMedia("(hover: hover) and (pointer: fine)").matches) this.composer.focus();
    else this.element.focus();
  }

  /** Escape closes the smallest thing first; `true` when there was one. */
  closeSmallest(): boolean {
    const was = this.tray.isOpen;
    this.tray.close();
    return was;
  }

  private send(text: string): void {
    if (this.attach.sendPhoto(text)) return;
    this.tray.close();
    if (text) this.context.actions.say({ type: "text", text });
  }

  private actions(base: BaseActions): Actions {
    return {
      ...base,
      sharePlace: () => void this.attach.sharePlace(),
      typePlace: () => this.attach.typePlace(),
      choosePhoto: () => this.attach.choosePhoto(),
      typeContact: () => {
        this.composer.expect("contactPlaceholder");
        this.composer.focus();
      },
    };
  }

  private header(title: string): HTMLElement {
    const { texts, actions } = this.context;
    const name = h("div", { class: "name" }, h("h2", { id: "title" }, title), this.status);
    const close = iconButton("close", texts.close, actions.close);
    return h(
      "div",
      { class: "header" },
      h("span", { class: "mark" }, icon("chat")),
      name,
      this.forget,
      close,
    );
  }
}

/** What the page around the panel does. */
export type BaseActions = Pick<Actions, "say" | "retry" | "discard" | "file" | "forget" | "close">;

function iconButton(name: "trash" | "close", label: string, act: () => void): HTMLButtonElement {
  return h(
    "button",
    { class: "round plain", type: "button", "aria-label": label, title: label, onclick: act },
    icon(name),
  );
}
