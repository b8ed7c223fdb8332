// What the tray shows: what can be attached, the photo before it is sent, finding the place, and forgetting.

import { shrink } from "../chat/photos";
import { locate, type Place, ROUGH_METRES } from "../chat/place";
import type { Composer } from "./composer";
import type { Context } from "./context";
import { type Child, h } from "./dom";
import { type IconName, icon } from "./icons";
import type { Tray } from "./tray";

export class Attach {
  private readonly context: Context;
  private readonly tray: Tray;
  private readonly composer: () => Composer;
  private readonly input: HTMLInputElement;
  private photo: { photo: Blob; thumbnail: string } | null = null;

  constructor(context: Context, tray: Tray, composer: () => Composer) {
    this.context = context;
    this.tray = tray;
    this.composer = composer;
    this.input = h("input", { type: "file", accept: "image/*", hidden: true, onchange: () => this.picked() });
  }

  /** Has to be in the document: some phones open nothing else. */
  get fileInput(): HTMLInputElement {
    return this.input;
  }

  menu(): void {
    if (this.tray.isOpen) this.tray.close();
    else this.offer();
  }

  private offer(): void {
    const { texts, actions, canLocate } = this.context;
    const place = canLocate ? actions.sharePlace : actions.typePlace;
    const { attach } = this.composer();
    attach.setAttribute("aria-expanded", "true");
    this.tray.show(
      texts.attach,
      [
        h(
          "div",
          { class: "choices" },
          tile("camera", texts.photo.add, actions.choosePhoto),
          tile("pin", texts.place.add, place),
        ),
      ],
      () => attach.setAttribute("aria-expanded", "false"),
    );
  }

  choosePhoto(): void {
    this.input.value = "";
    this.input.click();
  }

  /** Sends the photo that is being looked at, with what was written. `false` when there is none. */
  sendPhoto(caption: string): boolean {
    if (!this.photo) return false;
    const { photo, thumbnail } = this.photo;
    this.tray.close();
    this.context.actions.say({ type: "photo", caption, thumbnail, media: null }, photo);
    return true;
  }

  async sharePlace(): Promise<void> {
    const { texts, actions } = this.context;
    let wanted = true;
    const given = () => {
      wanted = false;
    };
    this.tray.show(
      texts.place.looking,
      [status(texts.place.looking), this.buttons(undefined, this.typeButton())],
      given,
    );
    const place = await locate();
    if (!wanted) return;
    if (typeof place === "string") return this.askToType(texts.place[place]);
    if (place.accuracy > ROUGH_METRES) return this.askIfRough(place);
    this.tray.close();
    actions.say({ type: "location", lat: place.lat, lon: place.lon });
  }

  typePlace(): void {
    this.tray.close();
    this.composer().expect("placePlaceholder");
    this.composer().focus();
  }

  askToForget(): void {
    const { texts, actions } = this.context;
    const yes = () => {
      this.tray.close();
      actions.forget();
      this.composer().focus();
    };
    const words = [h("p", { class: "ask" }, texts.forget.ask), h("p", {}, texts.forget.hint)];
    this.tray.show(texts.forget.label, [...words, this.buttons([texts.forget.yes, yes])]);
  }

  private askToType(why: string): void {
    const { texts } = this.context;
    this.tray.show(why, [status(why), this.buttons([texts.place.type, () => this.typePlace()])]);
  }

  private askIfRough({ lat, lon, accuracy }: Place): void {
    const { texts, actions } = this.context;
    const metres = accuracy < 1000 ? `${Math.round(accuracy)} m` : `${Math.round(accuracy / 1000)} km`;
    const send = () => {
      this.tray.close();
      actions.say({ type: "location", lat, lon });
    };
    const question = texts.place.rough(metres);
    this.tray.show(question, [status(question), this.buttons([texts.place.send, send], this.typeButton())]);
  }

  private typeButton(): HTMLElement {
    return h("button", { class: "button", onclick: () => this.typePlace() }, this.context.texts.place.type);
  }

  private async picked(): Promise<void> {
    const file = this.input.files?.[0];
    if (!file) return;
    const { texts } = this.context;
    let wanted = true;
    const given = () => {
      wanted = false;
    };
    this.tray.show(texts.photo.add, [status(texts.photo.preparing), this.buttons()], given);
    const photo = await shrink(file).catch(() => null);
    if (!wanted) return;
    if (!photo) return this.tray.show(texts.photo.add, [status(texts.photo.unreadable), this.buttons()]);
    this.preview(photo);
  }

  private preview(photo: { photo: Blob; thumbnail: string }): void {
    const { texts } = this.context;
    const words = h("div", {}, h("p", { class: "ask" }, texts.photo.ask), h("p", {}, texts.photo.hint));
    const picture = h("img", { src: photo.thumbnail, alt: texts.photo.preview });
    const send = () => this.sendPhoto(this.composer().take());
    const content = [h("div", { class: "preview" }, picture, words), this.buttons([texts.photo.send, send])];
    this.tray.show(texts.photo.ask, content, () => {
      this.photo = null;
    });
    this.photo = photo;
  }

  /** The one thing to do, and the way out. */
  private buttons(main?: [string, () => void], between?: Child): HTMLElement {
    const cancel = h(
      "button",
      { class: "button", onclick: () => this.tray.close() },
      this.context.texts.cancel,
    );
    const first = main && h("button", { class: "button main", onclick: main[1] }, main[0]);
    return h("div", { class: "buttons" }, first, between, cancel);
  }
}

/** Announced when it appears. */
function status(words: string): HTMLElement {
  return h("p", { role: "status", class: "ask" }, words);
}

function tile(name: IconName, label: string, act: () => void): HTMLElement {
  return h("button", { class: "tile", onclick: act }, icon(name), label);
}
