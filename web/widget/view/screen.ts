// Fills a small screen, also while its keyboard is shown, and keeps the page behind it still.

/** Must be the same as in style.css. */
const SMALL = "(max-width: 559px), (max-height: 479px)";

export class Screen {
  private readonly panel: HTMLElement;
  private readonly small = matchMedia(SMALL);
  private before: string | null = null;

  constructor(panel: HTMLElement) {
    this.panel = panel;
    const fit = () => this.fit();
    window.addEventListener("resize", fit);
    window.visualViewport?.addEventListener("resize", fit);
    window.visualViewport?.addEventListener("scroll", fit);
  }

  get isSmall(): boolean {
    return this.small.matches;
  }

  fit(): void {
    const fills = this.isSmall && !this.panel.hidden;
    this.holdPage(fills);
    if (fills) this.panel.setAttribute("aria-modal", "true");
    else this.panel.removeAttribute("aria-modal");
    const { style } = this.panel;
    const view = window.visualViewport;
    // On iPhones the keyboard covers a fixed element instead of making room. A page that is zoomed in is left alone.
    const follows = fills && view && view.scale < 1.05;
    style.height = follows ? `${view.height}px` : "";
    style.top = follows ? `${view.offsetTop}px` : "";
  }

  private holdPage(hold: boolean): void {
    const { style } = document.documentElement;
    if (hold === (this.before !== null)) return;
    if (hold) {
      this.before = style.overflow;
      style.overflow = "hidden";
    } else {
      style.overflow = this.before ?? "";
      this.before = null;
    }
  }
}

/** Keeps Tab within while the chat covers the page. */
export function keepFocusWithin(panel: HTMLElement, event: KeyboardEvent): void {
  const all = panel.querySelectorAll<HTMLElement>("button, a[href], textarea, [tabindex='0']");
  const stops = Array.from(all).filter(
    (element) => element.offsetParent !== null || element.clientHeight > 0,
  );
  const first = stops[0];
  const last = stops[stops.length - 1];
  const focus = (panel.getRootNode() as ShadowRoot).activeElement;
  const leaves = event.shiftKey ? focus === first || focus === panel : focus === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
