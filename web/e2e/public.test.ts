// The pages for everybody, drawn by the server: with a browser, without JavaScript, by keyboard, on a small phone.
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriersWideAndNarrow, openBrowser, picture, visit } from "./browser";
import { choose, heard, sendLocation, write } from "./phone";
import { type Server, startServer } from "./server";

let server: Server;
let browser: Browser;
let folio: string;

beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
  const { page } = await visit(browser, `${server.url}/simulator`);
  folio = await report(page, "hay un bache feo", "Grande", "Mercado Municipal");
  await report(page, "hay un bache", "Chico", "Panteón Municipal");
  await page.context().close();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** By message, as citizens do; says the folio. */
async function report(page: Page, words: string, size: string, landmark: string): Promise<string> {
  await write(page, words);
  await choose(page, "No");
  await choose(page, size);
  await heard(page, /¿Dónde está\?/);
  await sendLocation(page, landmark);
  await choose(page, "Nada más");
  await choose(page, "Sin foto");
  await choose(page, "Sí, mándalo");
  return heard(page, /[A-Z]{2,4}-\d{4}-\d{4}/);
}

/** Somebody whose browser runs no script. */
async function plainly(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "es-MX" });
  return { context, page: await context.newPage() };
}

/** Nothing may stand out of the page on the narrowest phone. */
async function overflow(page: Page): Promise<number> {
  await page.setViewportSize({ width: 320, height: 640 });
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

describe("the pages for everybody", () => {
  it.each([
    ["/reportes", "public-list"],
    ["/reportes/cifras", "public-figures"],
    ["/datos", "public-data"],
    ["/folio", "public-folio"],
    ["/reportes?categoria=tree&lang=en", ""],
  ])("%s can be used by everybody, wide and narrow, by day and by night", async (path, name) => {
    const { page, faults } = await visit(browser, server.url + path);
    if (name) await picture(page, name);
    expect(await barriersWideAndNarrow(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("show a report, and how to join it", async () => {
    const { page, faults } = await visit(browser, `${server.url}/reportes`);
    await page.getByRole("link", { name: "Bache" }).last().click();
    await page.waitForURL(`**/reportes/${folio}`);
    await page.getByRole("heading", { name: "Bache" }).waitFor();
    await page.getByRole("img", { name: /Dibujo de la zona/ }).waitFor();
    const join = await page.getByRole("link", { name: "Me sumo por WhatsApp" }).getAttribute("href");
    expect(join).toMatch(/^https:\/\/wa\.me\/\d+\?text=Me%20sumo%20/);
    expect(decodeURIComponent(join ?? "")).toContain(`Me sumo ${folio}`);
    await picture(page, "public-report");
    expect(await barriersWideAndNarrow(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe("who has an old phone, or no mouse", () => {
  it("needs no JavaScript: from the start page to the state of a report", async () => {
    const { context, page } = await plainly();
    await page.goto(server.url);
    await page.getByLabel("Tu folio").fill(folio.toLowerCase().replaceAll("-", " "));
    await page.getByRole("button", { name: "Consultar" }).click();
    await page.waitForURL(`**/reportes/${folio}`);
    expect(await page.locator("main").textContent()).toContain("Recibido");
    await page.getByRole("link", { name: "Mapa" }).click();
    expect(await page.locator("main").innerText()).toContain("El mapa necesita JavaScript");
    expect(await page.locator("#cards .card").count()).toBe(2);
    await context.close();
  });

  it("is told of a mistyped folio kindly, in English too", async () => {
    const { context, page } = await plainly();
    await page.goto(`${server.url}/folio?lang=en`);
    await page.getByLabel("Your folio").fill("PC-0000-0000");
    await page.getByRole("button", { name: "Look it up" }).click();
    await page.getByText("We found no report with that folio").waitFor();
    await context.close();
  });

  it("filters by keyboard alone", async () => {
    const { page } = await visit(browser, `${server.url}/reportes`);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Ir al contenido");
    await page.keyboard.press("Enter");
    await page.locator("summary").press("Enter");
    await page.getByLabel("Qué se reportó").selectOption("tree");
    await page.getByRole("button", { name: "Aplicar" }).press("Enter");
    await page.getByText("No hay reportes con esos filtros").waitFor();
    await page.getByRole("link", { name: "Quitar filtros" }).press("Enter");
    await page.locator(".card").first().waitFor();
    await page.context().close();
  });
});

describe("the map", () => {
  it("draws the town's own areas and points, and loads nothing from elsewhere", async () => {
    const { page, faults } = await visit(browser, "about:blank");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${server.url}/reportes/mapa`);
    await page.locator("#map canvas").waitFor();
    await page.locator('#map[data-shown="2"]').waitFor();
    await page.locator(".zone-name", { hasText: "Centro" }).waitFor();
    await page.getByText("2 reportes en esta parte del mapa.").waitFor();
    const elsewhere = asked.filter((url) => !url.startsWith(server.url) && !url.startsWith("blob:"));
    expect(elsewhere).toEqual([]);
    await picture(page, "public-map");
    expect(await barriersWideAndNarrow(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("is moved by keyboard, and its list says what it shows", async () => {
    const { page } = await visit(browser, `${server.url}/reportes/mapa`);
    await page.locator('#map[data-shown="2"]').waitFor();
    await page.getByRole("button", { name: "Acercar" }).press("Enter");
    await page.locator("#map canvas").press("+");
    for (let step = 0; step < 12; step++) await page.locator("#map canvas").press("ArrowLeft");
    await page.getByText("No hay reportes en esta parte del mapa.").waitFor();
    await page.context().close();
  });
});
