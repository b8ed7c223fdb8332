// A message of the town: its text, its picture or page, and what may be tapped to answer it.
import type { Attachment, Choice, TownMessage } from "../chat/message";
import type { Actions, Context } from "./context";
import { h, unseen } from "./dom";
import { formatted, outside } from "./formatted";
import { icon } from "./icons";

/** Rows that are shown without being asked for; more stand behind the list's own button. */
const ROWS_SHOWN = 6;

export function townBubble(message: TownMessage, context: Context): HTMLElement {
  const { texts } = context;
  const { attachment, link, text } = message;
  return h(
    "div",
    { class: "bubble" },
    unseen(`${texts.town} `),
    attachment && attached(attachment, context),
    text && h("p", { class: "text" }, ...formatted(text, texts.newTab)),
    link && h("p", { class: "link" }, pageLink(link.url, link.label, context)),
  );
}

function pageLink(url: string, label: string, { texts }: Context): HTMLElement {
  const anchor = outside(url, label, texts.newTab);
  anchor.className = "button";
  anchor.prepend(icon("open"));
  return anchor;
}

/** Other servers are asked for nothing until the visitor taps: they would learn who reads the page. */
function attached(attachment: Attachment, context: Context): HTMLElement {
  const { at, value, described, filename, mime } = attachment;
  const { texts } = context;
  const isPicture = /^image\/(jpeg|png|webp|gif)$/.test(mime);
  const name = filename || described;
  if (at === "link") {
    const label = isPicture ? `${texts.file.picture}: ${described}` : name || texts.file.document;
    return h("p", { class: "link" }, pageLink(value, label, context));
  }
  return isPicture ? picture(value, described, context) : download(value, name, context);
}

function picture(id: string, described: string, context: Context): HTMLElement {
  const place = h("div", { class: "picture" });
  const load = async () => {
    place.textContent = described;
    try {
      const address = URL.createObjectURL(await context.actions.file(id));
      place.textContent = "";
      place.append(h("img", { src: address, alt: described }));
    } catch {
      place.textContent = "";
      place.append(
        h("button", { class: "button", onclick: load }, `${described}. ${context.texts.file.failed}`),
      );
    }
  };
  void load();
  return place;
}

function download(id: string, name: string, { texts, actions }: Context): HTMLElement {
  const label = h("span", {}, `${texts.file.document}: ${name}`);
  const fetchFile = async () => {
    try {
      const address = URL.createObjectURL(await actions.file(id));
      h("a", { href: address, download: name || true }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch {
      label.textContent = `${name}: ${texts.file.failed}`;
    }
  };
  return h("p", { class: "link" }, h("button", { class: "button", onclick: fetchFile }, icon("file"), label));
}

/** What may be tapped now, `null` when nothing. */
export function replies(message: TownMessage, context: Context): HTMLElement | null {
  const { texts, actions } = context;
  if (message.asks === "location") return h("div", { class: "replies" }, ...placeReplies(context));
  if (message.asks === "contact") {
    const type = h("button", { class: "reply", onclick: () => actions.typeContact() }, texts.contact.type);
    return h("div", { class: "replies" }, type);
  }
  if (!message.choices.length) return null;
  const buttons = message.choices.map((choice) => choiceButton(choice, message.list !== null, actions));
  const group = h("div", { class: message.list === null ? "replies" : "rows", role: "group" }, ...buttons);
  group.setAttribute("aria-label", message.list || texts.choices);
  const folded = message.list !== null && buttons.length > ROWS_SHOWN;
  return folded ? behindButton(message.list || texts.choices, group) : group;
}

function placeReplies({ texts, actions, canLocate }: Context): (HTMLElement | false)[] {
  const share = () => actions.sharePlace();
  return [
    canLocate && h("button", { class: "reply", onclick: share }, icon("pin"), texts.place.share),
    h("button", { class: "reply", onclick: () => actions.typePlace() }, texts.place.type),
  ];
}

function choiceButton(
  { payload, label, description }: Choice,
  isRow: boolean,
  actions: Actions,
): HTMLElement {
  const choose = () => actions.say({ type: "choice", payload, title: label });
  const small = description && h("small", {}, description);
  return h("button", { class: isRow ? "row" : "reply", onclick: choose }, h("span", {}, label), small);
}

function behindButton(label: string, group: HTMLElement): HTMLElement {
  group.hidden = true;
  const toggle = () => {
    group.hidden = !group.hidden;
    button.setAttribute("aria-expanded", String(!group.hidden));
    if (!group.hidden) group.scrollIntoView({ block: "nearest" });
  };
  const button = h(
    "button",
    { class: "reply", "aria-expanded": "false", onclick: toggle },
    icon("list"),
    label,
  );
  return h("div", { class: "folded" }, h("div", { class: "replies" }, button), group);
}
