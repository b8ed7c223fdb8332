// Puts the chat on the page and brings its parts together: launcher, panel, conversation.
import { Api } from "./chat/api";
import { Chat } from "./chat/chat";
import { Memory, SHARED_KEYS } from "./chat/memory";
import { Photos } from "./chat/photos";
import { canLocate } from "./chat/place";
import { storeOf } from "./chat/storage";
import type { Options } from "./options";
import css from "./style.css?inline";
import { h } from "./view/dom";
import { Launcher } from "./view/launcher";
import { Panel } from "./view/panel";
import { keepFocusWithin, Screen } from "./view/screen";

/** A page that nobody looks at lets go of its connection after this long. */
const REST_AFTER_MS = 60_000;

export class Widget {
  private readonly memory: Memory;
  private readonly chat: Chat;
  private readonly launcher: Launcher;
  private readonly panel: Panel;
  private readonly screen: Screen;
  private readonly root: HTMLElement;
  private drawing = 0;
  private resting = 0;
  private told = false;

  constructor(options: Options) {
    const { base, texts, title } = options;
    const prefix = `ventanilla:${base}:`;
    const stores = [storeOf(() => localStorage, prefix), storeOf(() => sessionStorage, prefix)] as const;
    this.memory = new Memory(...stores, Date.now());
    const photos = new Photos(this.memory);
    const api = new Api(base, () => this.memory.token);
    this.chat = new Chat(api, this.memory, photos, () => this.drawSoon());
    this.launcher = new Launcher(texts, title, () => (this.isOpen ? this.close() : this.open()));
    this.panel = new Panel({ texts, canLocate: canLocate() }, this.actions(), title, this.memory);
    this.screen = new Screen(this.panel.element);
    this.root = place(options, [this.launcher.element, this.launcher.news, this.panel.element]);
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    this.listen(prefix);
    // What the visitor did in this tab counts more than what the page wishes; a phone is never covered unasked.
    const wished = options.open && !this.screen.isSmall;
    if (this.memory.wasUsed ? this.memory.isOpen : wished) this.show(false);
    this.chat.resume();
    this.draw();
  }

  private get isOpen(): boolean {
    return !this.panel.element.hidden;
  }

  open(): void {
    this.memory.isOpen = true;
    this.show(true);
  }

  close(): void {
    if (!this.isOpen) return;
    this.memory.isOpen = false;
    this.panel.element.hidden = true;
    this.screen.fit();
    this.draw();
    this.launcher.element.focus();
  }

  private show(takeFocus: boolean): void {
    this.panel.element.hidden = false;
    this.screen.fit();
    this.draw();
    this.panel.shown(takeFocus);
  }

  private actions(): ConstructorParameters<typeof Panel>[1] {
    return {
      say: (said, photo) => this.chat.say(said, photo),
      retry: (id) => this.chat.retry(id),
      discard: (id) => this.chat.discard(id),
      file: (id) => this.chat.file(id),
      forget: () => this.chat.forget(),
      close: () => this.close(),
    };
  }

  /** Many changes at once are drawn once. Not by `requestAnimationFrame`: a hidden page has to count its news too. */
  private drawSoon(): void {
    if (this.drawing) return;
    this.drawing = window.setTimeout(() => {
      this.drawing = 0;
      this.draw();
    });
  }

  private draw(): void {
    if (this.isOpen && !document.hidden && this.chat.unread) this.chat.see();
    this.root.classList.toggle("open", this.isOpen);
    this.launcher.draw(this.isOpen, this.chat.unread);
    if (this.isOpen) this.panel.draw(this.chat);
    this.tellWhyBlocked();
  }

  /** For whoever puts the chat on the page; visitors read a sentence in the chat. */
  private tellWhyBlocked(): void {
    if (this.told || this.chat.blocked === null) return;
    this.told = true;
    // biome-ignore lint/suspicious/noConsole: the only place where the page's author looks
    console.warn(`Ventanilla: ${location.origin}: ${this.chat.blocked}`);
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.isOpen) return;
    if (event.key === "Tab" && this.screen.isSmall) keepFocusWithin(this.panel.element, event);
    if (event.key !== "Escape") return;
    // The page may have something open as well.
    event.stopPropagation();
    if (!this.panel.closeSmallest()) this.close();
  }

  private listen(prefix: string): void {
    window.addEventListener("online", () => this.chat.online(true));
    window.addEventListener("offline", () => this.chat.online(false));
    window.addEventListener("storage", ({ key }) => {
      if (SHARED_KEYS.some((shared) => key === prefix + shared) || key === null) this.chat.adopt();
    });
    document.addEventListener("visibilitychange", () => {
      clearTimeout(this.resting);
      if (document.hidden) this.resting = window.setTimeout(() => this.chat.rest(), REST_AFTER_MS);
      else this.chat.resume();
      this.drawSoon();
    });
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element && event.target.closest('a[href="#ventanilla"]');
      if (!link) return;
      event.preventDefault();
      this.open();
    });
  }
}

/** The chat's own corner of the document. */
function place({ texts, palette }: Options, children: HTMLElement[]): HTMLElement {
  const host = h("div", { id: "ventanilla" });
  const shadow = host.attachShadow({ mode: "open" });
  const locale = texts.locale.slice(0, 2);
  const root = h("section", { class: "root", lang: locale, "aria-label": texts.landmark }, ...children);
  root.style.setProperty("--brand", palette.brand);
  root.style.setProperty("--on-brand", palette.onBrand);
  root.style.setProperty("--mine-light", palette.mine);
  root.style.setProperty("--mine-dark", palette.mineDark);
  dress(shadow);
  shadow.append(root);
  document.body.append(host);
  return root;
}

/** A sheet that is made by script is not subject to the page's `style-src`; older browsers take an element. */
function dress(shadow: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    shadow.append(h("style", {}, css));
  }
}
