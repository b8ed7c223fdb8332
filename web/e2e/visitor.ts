// What a visitor does in the chat on a town's page, by what can be seen and tapped.
import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContext, Page, Request } from "playwright-core";
import { DESKTOP } from "./browser";

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** What went wrong within the page. */
  faults: string[];
  /** Every address that the page asked for. */
  asked: string[];
}

/** What is not there by then does not come. */
const PATIENCE_MS = 15_000;
const PLACE = { latitude: 18.9278, longitude: -91.1106, accuracy: 12 };

export async function visitSite(browser: Browser, url: string, viewport = DESKTOP): Promise<Visit> {
  const permissions = ["geolocation"];
  const context = await browser.newContext({
    viewport,
    locale: "es-MX",
    reducedMotion: "reduce",
    permissions,
    geolocation: PLACE,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const faults: string[] = [];
  const asked: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(message.text());
  });
  page.on("request", (request: Request) => asked.push(request.url()));
  await page.goto(url);
  return { page, context, faults, asked };
}

export async function openChat(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Abrir el chat/ }).click();
  await page.getByRole("dialog").waitFor();
}

export async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Mensaje" }).fill(text);
  await page.getByRole("button", { name: "Enviar", exact: true }).click();
}

export async function choose(page: Page, label: string | RegExp): Promise<void> {
  await page.getByRole("log").getByRole("button", { name: label, exact: true }).click();
}

/** Waits until the town has said something like this, and returns the part that fits. */
export async function heard(page: Page, words: RegExp): Promise<string> {
  const bubble = page.locator(".log .town .bubble", { hasText: words }).last();
  await bubble.waitFor();
  return words.exec((await bubble.textContent()) ?? "")?.[0] ?? "";
}

/** What was said, by both sides, in the order in which it is shown. */
export function said(page: Page): Promise<string[]> {
  return page.locator(".log .entry .bubble").allTextContents();
}

/** A photo as phones make them: larger than it needs to be. */
export async function bigPhoto(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2400, 1800];
    const paper = canvas.getContext("2d");
    if (!paper) throw new Error("no canvas");
    for (let at = 0; at < 60; at += 1) {
      paper.fillStyle = `hsl(${at * 37} 30% ${20 + (at % 6) * 10}%)`;
      paper.fillRect((at % 10) * 240, Math.floor(at / 10) * 300, 240, 300);
    }
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  return Buffer.from(base64, "base64");
}

/** Width and height of a JPEG, from its frame header. */
export function jpegSize(bytes: Buffer): [number, number] {
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt16BE(at);
    if (marker >= 0xffc0 && marker <= 0xffc2) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  }
  throw new Error("this is no JPEG");
}

/** Everything that axe finds, as sentences; in light and in dark. Targets of 24 pixels are looked at too. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(() => {
      const checker = (globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } })
        .axe;
      return checker.run({ rules: { "target-size": { enabled: true } } });
    });
    for (const { id, nodes } of violations) {
      found.push(...nodes.map((node) => `${colorScheme}: ${id}: ${node.html}: ${node.failureSummary}`));
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

/** Presses Tab until what has the focus is called this; fails when it never is. */
export async function tabTo(page: Page, name: RegExp, key = "Tab"): Promise<void> {
  const names: string[] = [];
  for (let presses = 0; presses < 25; presses += 1) {
    await page.keyboard.press(key);
    names.push(await focusName(page));
    if (name.test(names[names.length - 1] ?? "")) return;
  }
  throw new Error(`${name} never had the focus, but: ${names.join(" | ")}`);
}

/** What has the focus, by its label or its words. */
export function focusName(page: Page): Promise<string> {
  return page.evaluate(() => {
    let focus = document.activeElement;
    while (focus?.shadowRoot?.activeElement) focus = focus.shadowRoot.activeElement;
    return focus?.getAttribute("aria-label") ?? focus?.textContent ?? "";
  });
}
