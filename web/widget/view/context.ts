// What the parts of the view are given: the words, and what may be done.
import type { Said } from "../chat/own";
import type { Texts } from "../text/es";

export interface Actions {
  say: (said: Said, photo?: Blob) => void;
  retry: (id: string) => void;
  discard: (id: string) => void;
  file: (id: string) => Promise<Blob>;
  sharePlace: () => void;
  typePlace: () => void;
  typeContact: () => void;
  choosePhoto: () => void;
  forget: () => void;
  close: () => void;
}

export interface Context {
  texts: Texts;
  actions: Actions;
  /** The browser can tell where the visitor is. */
  canLocate: boolean;
}
