// Departments at work on reports: with the real server, reports that neighbours made on the simulated phone, and a crew
// that has nothing but a telephone.
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriersWideAndNarrow, graveBarriers, openBrowser, picture, visit } from "./browser";
import { aNeighbour, PASSWORD, theFirst, thrown, type Worker } from "./desk";
import { choose, heard, sendLocation, write } from "./phone";
import { type Server, startServer } from "./server";

const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1366, height: 768 };
const PHOTO = fileURLToPath(new URL("../../src/cli/chat/pixel.png", import.meta.url));
const DONE = "La cuadrilla tapó el bache con mezcla caliente.";

let server: Server;
let browser: Browser;
let admin: Page;
let crew: Worker;
let folios: string[];

/** Somebody with an account, and nothing open yet. */
async function hired(name: string, roles: string[], departments: string[]): Promise<Worker> {
  const api = `${server.url}/api/v1`;
  const { csrf } = await (await admin.request.get(`${api}/me`)).json();
  const email = `${name.toLowerCase()}@puertoceiba.example`;
  const data = { name, email, roles, departments };
  const made = await admin.request.post(`${api}/staff/invitations`, {
    headers: { "x-csrf-token": csrf },
    data,
  });
  const token = new URL((await made.json()).link).hash.slice(1);
  const { page, faults } = await visit(browser, `${server.url}/readyz`);
  await page.request.post(`${api}/invitations/${token}`, { data: { password: PASSWORD } });
  return { page, faults };
}

/** Reports at that place so far: who comes later is asked whether it is the same. */
let there = 0;

/** A neighbour reports a pothole. */
async function reported(name: string, digit: number): Promise<string> {
  const phone = await aNeighbour(browser, server, name, digit);
  await write(phone, "hay un bache feo");
  await heard(phone, /Bache/);
  await choose(phone, "No");
  await choose(phone, "Grande");
  await heard(phone, /¿Dónde está\?/);
  await sendLocation(phone, "Mercado Municipal");
  if (there++ > 0) await choose(phone, "No, es otro");
  await heard(phone, /¿Qué más debe saber/);
  await choose(phone, "Nada más");
  await heard(phone, /foto/);
  await choose(phone, "Sin foto");
  await heard(phone, /¿Lo mando así\?/);
  await choose(phone, "Sí, mándalo");
  const folio = await heard(phone, /[A-Z]{2,4}-\d{4}-\d{4}/);
  await phone.context().close();
  return folio;
}

async function onBoard(page: Page, path = ""): Promise<void> {
  await page.goto(`${server.url}/console/reports${path}`);
}

async function openReport(page: Page, folio: string): Promise<void> {
  await onBoard(page);
  await page.getByRole("link", { name: folio, exact: true }).click();
  await page.getByRole("heading", { name: new RegExp(folio) }).waitFor();
}

beforeAll(async () => {
  server = await startServer({ VENTANILLA_STAFF__SECOND_FACTOR: "optional" });
  browser = await openBrowser();
  admin = await theFirst(browser, server);
  crew = await hired("Jorge", ["department"], ["public_works"]);
  folios = [await reported("Itzel Balam", 1), await reported("Beto Uc", 2), await reported("Lupe Chan", 3)];
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe("the board", () => {
  it("is a table where there is room and cards on a phone, and can be used by keyboard", async () => {
    await admin.setViewportSize(WIDE);
    await onBoard(admin);
    for (const folio of folios) await admin.getByRole("link", { name: folio, exact: true }).waitFor();
    await admin.getByRole("table").waitFor();
    expect(await barriersWideAndNarrow(admin)).toEqual([]);
    await picture(admin, "console-reports");
    await admin.setViewportSize(NARROW);
    await admin
      .getByRole("listitem")
      .filter({ hasText: folios[0] ?? "" })
      .first()
      .waitFor();
    const wide = await admin.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);
    await admin.setViewportSize(WIDE);
    await admin.getByRole("table").waitFor();
    await admin.locator("body").press("j");
    await admin.locator("body").press("j");
    const second = await admin.evaluate(() => document.activeElement?.textContent);
    await admin.keyboard.press("Enter");
    await admin.getByRole("heading", { name: new RegExp(second ?? "-") }).waitFor();
  });

  it("suggests that three close together are one thing, and people may say no", async () => {
    await onBoard(admin, "/incidents");
    await admin.getByRole("heading", { name: /Bache: 3 reportes/ }).waitFor();
    expect(await barriersWideAndNarrow(admin)).toEqual([]);
    await picture(admin, "console-incidents");
    await admin.getByRole("button", { name: "No es lo mismo" }).click();
    await admin.getByText("No hay nada que revisar.").waitFor();
  });

  it("is a map of the town's own shapes, with the same as a list", async () => {
    await onBoard(admin, "/map");
    await admin
      .getByRole("region", { name: "Reportes en esta parte del mapa" })
      .getByRole("link")
      .first()
      .waitFor();
    const drawn = admin.locator("canvas.maplibregl-canvas");
    await drawn.or(admin.getByText("El mapa no se puede mostrar")).first().waitFor();
    await admin.waitForTimeout(1500);
    expect(await barriersWideAndNarrow(admin)).toEqual([]);
    await picture(admin, "console-reports-map");
  });
});

describe("a crew member with a phone", () => {
  it("takes a report up, and closes it with a photo", async () => {
    const { page } = crew;
    await page.setViewportSize(NARROW);
    await openReport(page, folios[0] ?? "");
    await page.getByRole("button", { name: "Empezar a atender" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Guardar" }).click();
    await page.locator(".report-head").getByText("En atención").waitFor();
    await page.getByRole("button", { name: "Marcar como atendido" }).click();
    const dialog = page.getByRole("dialog");
    const save = dialog.getByRole("button", { name: "Guardar" });
    expect(await save.isDisabled()).toBe(true);
    await dialog.getByRole("textbox", { name: "Qué se hizo" }).fill(DONE);
    await dialog.locator("input[type=file]").setInputFiles({
      name: "foto.jpg",
      mimeType: "image/jpeg",
      buffer: Buffer.from("<!DOCTYPE html><script>alert(1)</script>"),
    });
    await dialog.getByText("Ese archivo no es una foto").waitFor();
    expect(await dialog.getByRole("textbox", { name: "Qué se hizo" }).inputValue()).toBe(DONE);
    await dialog.locator("input[type=file]").setInputFiles(PHOTO);
    await dialog.getByRole("img", { name: "Foto 1" }).waitFor();
    expect(await graveBarriers(page)).toEqual([]);
    await picture(page, "console-board-done");
    await page.setViewportSize(NARROW);
    await save.click();
    await page.locator(".report-head").getByText("Reportado como atendido").waitFor();
    await page.locator(".timeline").getByText(DONE).waitFor();
    expect(await barriersWideAndNarrow(page)).toEqual([]);
    await picture(page, "console-board-report");
    expect(thrown(crew.faults)).toEqual([]);
  });

  it("loses nothing that was written when the page is loaded again", async () => {
    const { page } = crew;
    await page.setViewportSize(NARROW);
    await openReport(page, folios[1] ?? "");
    await page.getByRole("button", { name: "Marcar como atendido" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Qué se hizo" }).fill("Se puso mezcla fría");
    await page.getByRole("dialog").locator("input[type=file]").setInputFiles(PHOTO);
    await page.getByRole("dialog").getByRole("img", { name: "Foto 1" }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Marcar como atendido" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("textbox", { name: "Qué se hizo" }).inputValue()).toBe(
      "Se puso mezcla fría",
    );
    await dialog.getByRole("img", { name: "Foto 1" }).waitFor();
  });
});

describe("who coordinates", () => {
  it("adds a report to another, and takes it out again", async () => {
    await admin.setViewportSize(WIDE);
    await openReport(admin, folios[2] ?? "");
    await admin.getByRole("button", { name: "Más acciones" }).click();
    await admin.getByRole("menuitem", { name: "Sumar a otro reporte" }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByRole("radio", { name: new RegExp(folios[1] ?? "-") }).check({ force: true });
    expect(await graveBarriers(admin)).toEqual([]);
    await dialog.getByRole("button", { name: "Sumar a otro reporte" }).click();
    await admin.locator(".report-head").getByText("Sumado a otro folio").waitFor();
    await admin.getByRole("link", { name: `Sumado a ${folios[1]}` }).click();
    await admin.locator(".report-head").getByText("2 personas").waitFor();
    await admin.getByRole("link", { name: folios[2] ?? "", exact: true }).click();
    await admin.getByRole("button", { name: "Separar" }).click();
    await admin.getByRole("alertdialog").getByRole("button", { name: "Separar" }).click();
    await admin.locator(".report-head").getByText("Recibido").waitFor();
  });

  it("says in which words everybody reads it", async () => {
    await openReport(admin, folios[2] ?? "");
    await admin.getByRole("textbox", { name: "Texto público" }).fill("Hay un bache grande.");
    await admin.getByRole("button", { name: "Mostrar al público" }).click();
    await admin.getByText("Se muestra.").waitFor();
  });

  it("prints a sheet for the road", async () => {
    await onBoard(admin);
    for (const folio of folios.slice(1))
      await admin.getByRole("checkbox", { name: `Elegir ${folio}` }).check();
    await admin.getByRole("link", { name: "Hoja de ruta" }).click();
    await admin.locator(".stop").nth(1).waitFor();
    expect(await admin.locator(".stop").count()).toBe(2);
    expect(await barriersWideAndNarrow(admin)).toEqual([]);
    await picture(admin, "console-route");
    await admin.emulateMedia({ media: "print" });
    expect(await admin.locator(".rail").isVisible()).toBe(false);
    expect(await admin.getByRole("button", { name: "Imprimir" }).isVisible()).toBe(false);
    expect(await admin.locator(".stop").first().isVisible()).toBe(true);
    await admin.emulateMedia({ media: "screen" });
  });
});
