// One script tag, one chat. Everything is in a shadow root, so that neither the page's style nor ours gets through.

import { readOptions } from "./options";
import { Widget } from "./widget";

declare global {
  interface Window {
    /** For buttons of the page: `Ventanilla.open()`. */
    Ventanilla?: { open: () => void; close: () => void };
  }
}

// Only now: later it names another script, or none.
const options = readOptions(document.currentScript as HTMLScriptElement | null);

function begin(): void {
  // The tag may stand on the page twice (a template and a page both have it).
  if (!options || window.Ventanilla) return;
  const widget = new Widget(options);
  window.Ventanilla = { open: () => widget.open(), close: () => widget.close() };
}

if (document.body) begin();
else document.addEventListener("DOMContentLoaded", begin);
