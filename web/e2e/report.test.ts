// A citizen reports a pothole on the simulated phone and looks it up on the public page: the real server, a real browser.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { graveBarriers, openBrowser, picture, visit } from "./browser";
import { choose, heard, sendLocation, sendPhoto, write } from "./phone";
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

describe("a citizen with a pothole", () => {
  it("reports it by message and finds it by its folio", async () => {
    const { page, faults } = await visit(browser, `${server.url}/simulator`);
    await write(page, "hay un bache feo");
    await heard(page, /Bache/);
    await choose(page, "No");
    await choose(page, "Grande");
    await heard(page, /¿Dónde está\?/);
    await sendLocation(page, "Mercado Municipal");
    await choose(page, "Nada más");
    await heard(page, /foto/);
    await sendPhoto(page, "Un bache");
    await heard(page, /¿Lo mando así\?/);
    await picture(page, "simulator");
    await choose(page, "Sí, mándalo");
    const folio = await heard(page, /[A-Z]{2,4}-\d{4}-\d{4}/);
    await page.locator(".citizen .ticks.sent").first().waitFor({ state: "detached" });
    expect(await graveBarriers(page)).toEqual([]);

    await page.goto(server.url);
    await page.getByLabel("Tu folio").fill(folio.toLowerCase().replaceAll("-", " "));
    await page.getByRole("button", { name: "Consultar" }).click();
    await page.waitForURL(`**/reportes/${folio}`);
    expect(await page.locator("main").textContent()).toMatch(new RegExp(`Bache[^]*${folio}[^]*Recibido`));
    expect(await graveBarriers(page)).toEqual([]);
    await page.goto(server.url);
    await page.getByLabel("Tu folio").waitFor();
    await picture(page, "home");
    expect(await graveBarriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it("can use the phone with the keyboard alone", async () => {
    const { page } = await visit(browser, `${server.url}/simulator`);
    const attach = page.getByRole("button", { name: "Adjuntar" });
    await attach.press("Enter");
    await page.getByRole("dialog").press("Escape");
    expect(await attach.evaluate((button) => button === document.activeElement)).toBe(true);

    await attach.press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Ubicación" }).press("Enter");
    const map = page.getByRole("application");
    await map.press("ArrowDown");
    expect(await map.getAttribute("aria-label")).toContain("El alfiler está en Centro");
    expect(await graveBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Enviar esta ubicación" }).press("Enter");
    await page.locator(".citizen .pin").last().waitFor();
    expect(await attach.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it("is told kindly when no report has the folio", async () => {
    const { page } = await visit(browser, server.url);
    await page.getByLabel("Tu folio").fill("PC-0000-0000");
    await page.getByRole("button", { name: "Consultar" }).click();
    await page.getByText("No encontramos un reporte con ese folio").waitFor();
    expect(await graveBarriers(page)).toEqual([]);
  });
});
