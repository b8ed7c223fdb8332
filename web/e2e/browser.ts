// The system's Chromium with a fresh profile, what the pages are checked with, and their pictures.
import { fileURLToPath } from "node:url";
import axe, { type AxeResults } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

const PICTURES = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));

export const DESKTOP = { width: 1280, height: 860 };
export const SMALL = { width: 390, height: 844 };

const WAITED_MS = Number(process.env.WAITED_MS ?? 40_000);

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A new visitor who reads Spanish. What goes wrong within the page fails the test that asks for `faults`. */
export async function visit(browser: Browser, url: string): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "es-MX", reducedMotion: "reduce" });
  // Before the test's own, so that what was waited for is named.
  context.setDefaultTimeout(WAITED_MS);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  await page.goto(url);
  return { page, faults };
}

/** What axe finds grave, as sentences; in light and in dark. */
export async function graveBarriers(page: Page): Promise<string[]> {
  // Not as a script tag, which a content security policy would refuse.
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
    );
    for (const { id, impact, nodes } of violations) {
      if (impact !== "serious" && impact !== "critical") continue;
      found.push(...nodes.map((node) => `${colorScheme}: ${id}: ${node.html}`));
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

const PHONE = { width: 360, height: 740 };

/** The same on a wide screen and on a small phone. */
export async function barriersWideAndNarrow(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const size of [PHONE, DESKTOP]) {
    await page.setViewportSize(size);
    found.push(...(await graveBarriers(page)));
  }
  return found;
}

/** For docs/pictures, only when PICTURES=1. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES !== "1") return;
  for (const [size, viewport] of Object.entries({ desktop: DESKTOP, small: SMALL })) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: `${PICTURES}${name}-${size}.png` });
  }
  await page.setViewportSize(DESKTOP);
}
