// A message of the visitor, and how far it got.
import type { OwnMessage } from "../chat/own";
import type { Context } from "./context";
import { h, setAttribute, unseen } from "./dom";
import { type IconName, icon } from "./icons";

export function ownBubble({ said }: OwnMessage, { texts }: Context): HTMLElement {
  const bubble = h("div", { class: "bubble" }, unseen(`${texts.you} `));
  if (said.type === "photo") {
    if (/^data:image\//.test(said.thumbnail)) {
      bubble.append(h("img", { class: "thumbnail", src: said.thumbnail, alt: texts.photo.mine }));
    } else bubble.append(h("p", { class: "text" }, icon("camera"), texts.photo.mine));
    if (said.caption) bubble.append(h("p", { class: "text" }, said.caption));
  } else if (said.type === "location") {
    bubble.append(h("p", { class: "text place" }, icon("pin"), texts.place.mine));
  } else bubble.append(h("p", { class: "text" }, said.type === "choice" ? said.title : said.text));
  return bubble;
}

export interface Progress {
  /** It is the one that is being sent, and there is a connection. */
  sending: boolean;
  /** Of a photo, 0 to 1. */
  share: number | undefined;
}

/** Below the bubble: waiting, sending, sent, or not; drawn anew only when that changes. */
export function ownState(context: Context): {
  element: HTMLElement;
  update: (own: OwnMessage, progress: Progress) => void;
} {
  const element = h("div", { class: "state" });
  let drawn = "";
  const update = (own: OwnMessage, progress: Progress) => {
    const state = own.state === "waiting" && progress.sending ? "sending" : own.state;
    const percent = progress.share === undefined ? -1 : Math.round(progress.share * 100);
    if (percent >= 0 && state === "sending") return uploading(percent);
    if (drawn === state) return;
    drawn = state;
    element.textContent = "";
    element.className = `state ${state}`;
    element.append(...parts(own.id, state, context));
  };
  const uploading = (percent: number) => {
    let bar = element.querySelector("progress");
    if (!bar) {
      drawn = "uploading";
      element.className = "state sending";
      element.textContent = "";
      bar = h("progress", { max: 100 });
      element.append(bar);
    }
    bar.value = percent;
    setAttribute(bar, "aria-label", context.texts.uploading(percent));
  };
  return { element, update };
}

const ICONS: Record<string, IconName> = {
  waiting: "clock",
  sending: "clock",
  sent: "check",
  failed: "alert",
};

function parts(id: string, state: keyof Context["texts"]["state"], { texts, actions }: Context): Node[] {
  const words = texts.state[state];
  const shown: Node[] = [icon(ICONS[state] ?? "clock")];
  shown.push(state === "waiting" || state === "failed" ? h("span", {}, words) : unseen(words));
  if (state !== "failed") return shown;
  return [
    ...shown,
    h("button", { class: "small", onclick: () => actions.retry(id) }, texts.retry),
    h("button", { class: "small", onclick: () => actions.discard(id) }, texts.discard),
  ];
}
