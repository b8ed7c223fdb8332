// One neighbour on three channels: a talk that begins on WhatsApp, goes on by SMS and ends on a call. The real server,
// a real browser.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { graveBarriers, openBrowser, picture, SMALL, visit } from "./browser";
import { choose, heard, write } from "./phone";
import { type Server, startServer } from "./server";

let server: Server;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function text(page: Page, words: string): Promise<void> {
  await page.getByRole("textbox", { name: "Texto del SMS" }).fill(words);
  await page.getByRole("button", { name: "Enviar SMS" }).click();
}

/** Waits until the town has written something like this by SMS. Accents may have been left out to save a segment. */
async function texted(page: Page, words: RegExp): Promise<string> {
  const sms = page.locator(".sms.town", { hasText: words }).last();
  await sms.waitFor();
  return (await sms.textContent()) ?? "";
}

/** Waits until the call is as wanted; CSS reads the state that the page shows. */
async function callIs(page: Page, ...states: string[]): Promise<void> {
  await page.locator(states.map((state) => `.call-state[data-state="${state}"]`).join(", ")).waitFor();
}

/** Waits until the town has said something like this on the line, and what it says next is listened to. */
async function said(page: Page, words: RegExp): Promise<void> {
  await page.locator(".caption.town", { hasText: words }).last().waitFor();
  await callIs(page, "listening", "ended");
}

async function speak(page: Page, words: string): Promise<void> {
  await page.getByRole("textbox", { name: "Di algo" }).fill(words);
  await page.getByRole("button", { name: "Decir" }).click();
}

describe("a neighbour with three channels", () => {
  it("begins on WhatsApp, goes on by SMS and ends on a call", async () => {
    const { page, faults } = await visit(browser, `${server.url}/simulator`);
    await write(page, "hay un bache feo");
    await heard(page, /Bache/);
    await choose(page, "No");
    await choose(page, "Grande");
    await heard(page, /¿Dónde está\?/);

    await text(page, "hola");
    await texted(page, /seguimos/i);
    await text(page, "sí");
    await texted(page, /qu[eé] calle y cruce/i);
    await text(page, "calle 20 por 15, Guadalupe");
    await texted(page, /qu[eé] m[aá]s/i);
    await text(page, "nada más");
    const summary = await texted(page, /mando as[ií]/i);
    expect(summary).toMatch(/\d+ segmentos? · (GSM-7|UCS-2)/);
    expect(await graveBarriers(page)).toEqual([]);

    await page.getByRole("button", { name: "Llamar", exact: true }).click();
    await said(page, /seguimos/i);
    await speak(page, "sí");
    await said(page, /mando as[ií]/i);
    await picture(page, "phones");
    expect(await graveBarriers(page)).toEqual([]);
    await speak(page, "sí, mándalo");
    await said(page, /folio/i);
    const hangUp = page.getByRole("button", { name: "Colgar" });
    if (await hangUp.isVisible()) await hangUp.click();
    await callIs(page, "ended");

    await page.getByRole("button", { name: "Qué pasó y fallas" }).click();
    const log = page.getByRole("list", { name: "Qué pasó" });
    for (const channel of ["WhatsApp", "SMS", "Llamada"]) await log.getByText(channel).first().waitFor();
    expect(await graveBarriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });
});

describe("the page with the phones", () => {
  it("lets a caller hide the number and keep silent: the town asks again", async () => {
    const { page, faults } = await visit(browser, `${server.url}/simulator`);
    await page.getByLabel("Ocultar mi número").check();
    await page.getByRole("button", { name: "Llamar", exact: true }).click();
    await callIs(page, "listening");
    await page.getByRole("button", { name: "Callar" }).click();
    await page.locator(".caption.note", { hasText: "silencio" }).waitFor();
    await page.locator(".caption.note ~ .caption.town").first().waitFor();
    await callIs(page, "listening");
    await page.getByRole("button", { name: "Colgar" }).click();
    await callIs(page, "ended");
    await page.getByRole("button", { name: "Llamar otra vez" }).waitFor();
    expect(faults).toEqual([]);
  });

  it("has the channels as tabs on a small screen, for the keyboard alone too", async () => {
    const { page } = await visit(browser, `${server.url}/simulator`);
    await page.setViewportSize(SMALL);
    await page.getByRole("tab", { name: "WhatsApp" }).press("ArrowRight");
    const sms = page.getByRole("textbox", { name: "Texto del SMS" });
    await sms.fill("¿Dónde está el camión?");
    await page.getByText("lo encarecen: ó á").waitFor();
    expect(await page.locator(".counter").textContent()).toContain("1 segmento · UCS-2 (acentos)");
    await sms.fill("¿Que paso con el camion, señor?");
    expect(await page.locator(".counter").textContent()).toContain("1 segmento · GSM-7");
    expect(await graveBarriers(page)).toEqual([]);

    await page.getByRole("tab", { name: "SMS" }).press("ArrowRight");
    await page.getByRole("button", { name: "Llamar", exact: true }).waitFor();
    expect(await graveBarriers(page)).toEqual([]);

    await page.getByRole("tab", { name: "Llamada" }).press("ArrowRight");
    await page.getByRole("button", { name: "Armar" }).press("Enter");
    await page.getByText("Armada: Meta contesta 500 (1×).").waitFor();
    await page.getByRole("button", { name: "Quitar todas" }).press("Enter");
    await page.getByText("Ya no hay fallas armadas.").waitFor();
    expect(await graveBarriers(page)).toEqual([]);
  });
});
