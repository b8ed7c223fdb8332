// The conversation as a log that screen readers follow. Each message is drawn once; later only what changed about it.
import type { Chat } from "../chat/chat";
import type { Entry } from "../chat/own";
import type { Context } from "./context";
import { h, setAttribute, unseen } from "./dom";
import { ownBubble, ownState } from "./mine";
import { replies, townBubble } from "./town";
import { clockTime, dayName, dayOf } from "./when";

/** Two messages of one side within this time stand together. */
const TOGETHER_MS = 3 * 60 * 1000;
/** Who is this near to the end follows what comes. */
const NEAR_THE_END = 80;

interface Drawn {
  element: HTMLElement;
  update: (at: Standing) => void;
}

/** What the neighbours of a message make of it. */
interface Standing {
  entry: Entry;
  day: string | null;
  together: boolean;
  /** It can still be answered by tapping. */
  isOpen: boolean;
  chat: Chat;
}

export class Log {
  readonly element: HTMLElement;
  private readonly context: Context;
  private readonly greeting: HTMLElement;
  private readonly writing: HTMLElement;
  private readonly drawn = new Map<string, Drawn>();
  private hasDrawn = false;
  private follows = true;

  constructor(context: Context) {
    const { texts } = context;
    this.context = context;
    this.greeting = greeting(context);
    const dots = [h("i"), h("i"), h("i")];
    this.writing = h("div", { class: "writing bubble", hidden: true }, unseen(texts.writing), ...dots);
    this.element = h("div", {
      class: "log",
      role: "log",
      tabindex: 0,
      "aria-label": texts.log,
      "aria-live": "off",
    });
    this.element.append(this.greeting, this.writing);
    this.keepTheEnd();
  }

  /** Whoever reads the end still does when the keyboard or the tray takes room. */
  private keepTheEnd(): void {
    this.element.addEventListener("scroll", () => {
      this.follows = this.isNearTheEnd();
    });
    if (typeof ResizeObserver !== "function") return;
    new ResizeObserver(() => {
      if (this.follows) this.toTheEnd();
    }).observe(this.element);
  }

  draw(chat: Chat): void {
    const nearTheEnd = this.isNearTheEnd();
    const hadFocus = this.focused() !== null;
    const entries = chat.entries;
    const fresh = this.place(entries, chat);
    this.dropOthers(entries);
    const suggestions = this.greeting.querySelector<HTMLElement>(".replies");
    if (suggestions) suggestions.hidden = entries.length > 0;
    this.writing.hidden = !chat.writing;
    const mine = fresh.some(({ classList }) => classList.contains("mine"));
    if (!this.hasDrawn || mine || (nearTheEnd && (fresh.length || chat.writing))) this.follow(fresh[0]);
    // What was said before the page was loaded is not announced.
    if (!this.hasDrawn) setTimeout(() => setAttribute(this.element, "aria-live", "polite"), 500);
    this.hasDrawn = true;
    // The button that was tapped is gone: keyboards go on from here.
    if (hadFocus && !this.focused()) this.element.focus({ preventScroll: true });
  }

  private focused(): Element | null {
    const focus = (this.element.getRootNode() as ShadowRoot).activeElement;
    return focus && this.element.contains(focus) && !focus.closest("[hidden]") ? focus : null;
  }

  toTheEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
  }

  private isNearTheEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
  }

  /** To the end, but not past the beginning of what is new. */
  private follow(first: HTMLElement | undefined): void {
    this.toTheEnd();
    if (!first || !this.hasDrawn) return;
    const above = first.offsetTop - 12;
    if (this.element.scrollTop > above) this.element.scrollTop = above;
  }

  /** Puts every message where it belongs; gives the elements that are new. */
  private place(entries: Entry[], chat: Chat): HTMLElement[] {
    const fresh: HTMLElement[] = [];
    const answered = lastAnswer(entries);
    let before: Element = this.greeting;
    entries.forEach((entry, index) => {
      const known = this.drawn.get(entry.message.id);
      const drawn = known ?? (entry.from === "me" ? mine(entry, this.context) : town(entry, this.context));
      drawn.update({
        entry,
        isOpen: index > answered,
        chat,
        ...beside(entry, entries[index - 1], this.context),
      });
      if (!known) {
        this.drawn.set(entry.message.id, drawn);
        fresh.push(drawn.element);
      }
      if (before.nextElementSibling !== drawn.element) before.after(drawn.element);
      before = drawn.element;
    });
    return fresh;
  }

  private dropOthers(entries: Entry[]): void {
    const ids = new Set(entries.map(({ message }) => message.id));
    for (const [id, { element }] of this.drawn) {
      if (ids.has(id)) continue;
      element.remove();
      this.drawn.delete(id);
    }
  }
}

/** Where the visitor last answered: what the town asked before that is settled. */
function lastAnswer(entries: Entry[]): number {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry?.from === "me" && entry.message.state !== "failed") return index;
  }
  return -1;
}

function beside(
  entry: Entry,
  previous: Entry | undefined,
  { texts }: Context,
): Pick<Standing, "day" | "together"> {
  const { at } = entry.message;
  const before = previous?.message.at ?? 0;
  const newDay = at > 0 && (!previous || (before > 0 && dayOf(before) !== dayOf(at)));
  return {
    day: newDay ? dayName(at, Date.now(), texts) : null,
    together: !newDay && previous?.from === entry.from && Math.abs(at - before) < TOGETHER_MS,
  };
}

function frame(from: Entry["from"], at: number, { texts }: Context) {
  const day = h("p", { class: "day", hidden: true });
  const time = at > 0 && h("time", { datetime: new Date(at).toISOString() }, clockTime(at, texts));
  const meta = h("div", { class: "meta" }, time);
  const element = h("div", { class: `entry ${from === "me" ? "mine" : "town"}` }, day);
  const update = (standing: Standing) => {
    day.hidden = standing.day === null;
    day.textContent = standing.day;
    element.classList.toggle("together", standing.together);
  };
  return { element, meta, update };
}

function mine(entry: Entry & { from: "me" }, context: Context): Drawn {
  const { element, meta, update } = frame("me", entry.message.at, context);
  const state = ownState(context);
  meta.append(state.element);
  element.append(ownBubble(entry.message, context), meta);
  return {
    element,
    update: (standing) => {
      update(standing);
      if (standing.entry.from !== "me") return;
      const { chat, entry: now } = standing;
      const share = chat.progress.get(now.message.id);
      state.update(now.message, { sending: chat.connection !== "lost", share });
    },
  };
}

function town(entry: Entry & { from: "town" }, context: Context): Drawn {
  const { element, meta, update } = frame("town", entry.message.at, context);
  const { text, link, attachment } = entry.message;
  if (text || link || attachment) element.append(townBubble(entry.message, context));
  element.append(meta);
  const answers = replies(entry.message, context);
  return {
    element,
    update: (standing) => {
      update(standing);
      if (!answers) return;
      if (standing.isOpen && !answers.parentNode) element.append(answers);
      if (!standing.isOpen) answers.remove();
    },
  };
}

function greeting({ texts, actions }: Context): HTMLElement {
  const suggestions = texts.suggestions.map((text) =>
    h("button", { class: "reply", onclick: () => actions.say({ type: "text", text }) }, text),
  );
  return h(
    "div",
    { class: "entry town" },
    h("div", { class: "bubble" }, unseen(`${texts.town} `), h("p", { class: "text" }, texts.greeting)),
    h("div", { class: "replies", role: "group", "aria-label": texts.suggestionsLabel }, ...suggestions),
  );
}
