// What people ask about their own data, and what they tell the town, at the console: with the real server and the
// simulated phone.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriersWideAndNarrow, openBrowser, picture } from "./browser";
import { aNeighbour, theFirst } from "./desk";
import { heard, write } from "./phone";
import { type Server, startServer } from "./server";

const REFERENCE = /D-\d{5}/;

let server: Server;
let browser: Browser;
let desk: Page;

/** A neighbour who wants to be forgotten; gives the phone and the number of the request. */
async function wantsErasure(name: string, digit: number): Promise<{ phone: Page; reference: string }> {
  const phone = await aNeighbour(browser, server, name, digit);
  await write(phone, "borren mis datos personales");
  await heard(phone, /no se puede deshacer/);
  await write(phone, "sí");
  return { phone, reference: await heard(phone, REFERENCE) };
}

async function openRequest(reference: string): Promise<void> {
  await desk.getByRole("link", { name: "Datos", exact: true }).click();
  await desk.getByRole("link", { name: reference }).click();
  await desk.getByRole("heading", { name: `Solicitud ${reference}`, level: 1 }).waitFor();
}

beforeAll(async () => {
  server = await startServer({ VENTANILLA_STAFF__SECOND_FACTOR: "optional" });
  browser = await openBrowser();
  desk = await theFirst(browser, server);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe("a request about personal data", () => {
  it("is erased only after a second word, and the person is told", async () => {
    const { phone, reference } = await wantsErasure("Itzel Balam", 1);
    await desk.getByRole("link", { name: "Datos", exact: true }).click();
    const row = desk.getByRole("listitem").filter({ hasText: reference });
    await row.getByText(/Quedan \d+ días/).waitFor();
    expect(await desk.locator("#content").textContent()).not.toContain("Itzel");
    await picture(desk, "console-privacy");
    expect(await barriersWideAndNarrow(desk)).toEqual([]);

    await openRequest(reference);
    expect(await barriersWideAndNarrow(desk)).toEqual([]);
    await desk.getByRole("button", { name: "Borrar ahora" }).press("Enter");
    const sure = desk.getByRole("alertdialog", { name: `¿Borrar los datos de ${reference}?` });
    await sure.waitFor();
    expect(await barriersWideAndNarrow(desk)).toEqual([]);
    await desk.keyboard.press("Escape");
    await sure.waitFor({ state: "detached" });
    await desk.getByRole("button", { name: "Borrar ahora" }).press("Enter");
    await sure.getByRole("button", { name: "Borrar ahora" }).click();
    await desk.getByText(/Borrada el/).waitFor();
    await heard(phone, /borramos tus datos/);
    expect(await desk.getByRole("button", { name: "Negar con motivo" }).count()).toBe(0);
  });

  it("is refused in words that the person reads", async () => {
    const { phone, reference } = await wantsErasure("Beto Uc", 2);
    await openRequest(reference);
    await desk.getByRole("button", { name: "Negar con motivo" }).click();
    const window = desk.getByRole("dialog", { name: `Negar ${reference}` });
    expect(await barriersWideAndNarrow(desk)).toEqual([]);
    await window.getByRole("textbox", { name: "Qué se le dice" }).fill("No pudimos confirmar que eres tú.");
    await window.getByRole("button", { name: "Negar", exact: true }).click();
    await desk.getByText(/Negada el/).waitFor();
    await heard(phone, /No pudimos confirmar que eres tú/);
    await desk.getByRole("link", { name: "Volver" }).click();
    await desk.getByText("Nadie espera una respuesta.").waitFor();
    await desk.getByText("Resueltas").click();
    await desk.getByRole("link", { name: reference }).waitFor();
  });
});

describe("a complaint", () => {
  it("is read, noted, and found again among what was read", async () => {
    const phone = await aNeighbour(browser, server, "Lupe Chan", 3);
    await write(phone, "quiero quejarme, nadie me contesta nunca y ya fui tres veces");
    const reference = await heard(phone, /Q-\d{5}/);
    await desk.getByRole("link", { name: "Opiniones" }).click();
    await desk.getByText("ya fui tres veces").waitFor();
    await desk.getByText("Ideas", { exact: true }).click();
    await desk.getByText("Ya leíste todo.").waitFor();
    await desk.getByText("Quejas", { exact: true }).click();
    await desk.getByRole("button", { name: `Poner nota: ${reference}` }).click();
    const window = desk.getByRole("dialog", { name: `Nota sobre ${reference}` });
    expect(await barriersWideAndNarrow(desk)).toEqual([]);
    await window.getByRole("textbox", { name: "Nota" }).fill("Le llamamos el lunes.");
    await window.getByRole("button", { name: "Guardar" }).click();
    await desk.getByText("Le llamamos el lunes.").waitFor();
    await picture(desk, "console-feedback");
    expect(await barriersWideAndNarrow(desk)).toEqual([]);
    await desk.getByRole("button", { name: `Marcar como leída: ${reference}` }).click();
    await desk.getByText("Ya leíste todo.").waitFor();
    await desk.getByText("Leídas", { exact: true }).click();
    await desk.getByText(/La leyó Ana Demo/).waitFor();
    expect(await barriersWideAndNarrow(desk)).toEqual([]);
  });
});
