// Supervision at the desk with the real server: a trainee's answer is read first, and a supervisor comes into a talk of
// the assistant.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriersWideAndNarrow, openBrowser, picture } from "./browser";
import {
  aNeighbour,
  answer,
  asksForAPerson,
  comeIn,
  composer,
  invite,
  openChat,
  theFirst,
  thrown,
  type Worker,
} from "./desk";
import { choose, heard, write } from "./phone";
import { type Server, startServer } from "./server";

let server: Server;
let browser: Browser;
let marta: Worker;
let luis: Worker;

beforeAll(async () => {
  server = await startServer({ VENTANILLA_STAFF__SECOND_FACTOR: "optional" });
  browser = await openBrowser();
  const ana = await theFirst(browser, server);
  marta = await comeIn(browser, server, await invite(ana, "Marta Poot", ["supervisor"]));
  luis = await comeIn(browser, server, await invite(ana, "Luis Uc", ["agent"]));
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const TRAINED = "Itzel Balam";
let phone: Page;

describe("a trainee", () => {
  it("is one whose answers a supervisor wants to read first", async () => {
    const { page } = marta;
    await page.getByRole("link", { name: "Colegas" }).click();
    const row = page.getByRole("listitem").filter({ hasText: "Luis Uc" });
    await row.getByText("Leer sus respuestas antes de que salgan").click();
    await row.getByRole("switch", { checked: true }).waitFor();
    expect(await barriersWideAndNarrow(page)).toEqual([]);
    await page.getByRole("link", { name: "Mesa" }).click();
    expect(await luis.page.getByRole("tab", { name: "Por aprobar" }).count()).toBe(0);
  });

  it("proposes, the supervisor approves with a change, and the phone shows only that", async () => {
    phone = await aNeighbour(browser, server, TRAINED, 1);
    await asksForAPerson(phone);
    const [his, hers] = [luis.page, marta.page];
    await openChat(his, TRAINED);
    await his.getByRole("button", { name: "Tomar la conversación" }).click();
    await his.getByText("Luis Uc tomó la conversación").waitFor();
    await composer(his).fill("Mañana lo arreglamos.");
    await his.getByRole("button", { name: "Pedir aprobación" }).click();
    await his.getByText("Espera aprobación: todavía no se envía").waitFor();

    await hers.getByRole("tab", { name: /Por aprobar/ }).click();
    await openChat(hers, TRAINED);
    expect(await barriersWideAndNarrow(hers)).toEqual([]);
    await write(phone, "¿cuándo lo arreglan?");
    await hers.getByText("Llegó algo nuevo desde que se escribió.").waitFor();
    await picture(hers, "console-approval");
    await hers.getByRole("button", { name: "Cambiar" }).click();
    await hers.getByRole("textbox", { name: "Respuesta con tu cambio" }).fill("Esta semana lo arreglamos.");
    await hers.getByRole("button", { name: "Enviar con el cambio" }).click();
    await heard(phone, /Esta semana lo arreglamos/);
    await his.getByText("Marta Poot la cambió antes de enviarla. Luis Uc había escrito:").waitFor();
    const shown = (await phone.locator(".bubbles").textContent()) ?? "";
    expect(shown).not.toMatch(/Mañana lo arreglamos/);
  });
});

describe("who attends", () => {
  it("hears a whisper that the citizen never sees, and gets an answer back with the reason", async () => {
    const [his, hers] = [luis.page, marta.page];
    await hers.getByRole("tab", { name: "Equipo" }).click();
    await openChat(hers, TRAINED);
    await hers.getByRole("radio", { name: "Susurro" }).click();
    await hers.getByRole("textbox", { name: "Susurro para Luis Uc" }).fill("Pídele su folio.");
    await hers.getByRole("button", { name: "Susurrar" }).click();
    const strip = his.locator(".whisper-strip", { hasText: "Pídele su folio." });
    await strip.waitFor();
    expect(await barriersWideAndNarrow(his)).toEqual([]);
    await strip.getByRole("button", { name: "Leído" }).click();
    await strip.waitFor({ state: "detached" });

    await composer(his).fill("No sé.");
    await his.getByRole("button", { name: "Pedir aprobación" }).click();
    await hers.getByRole("button", { name: "Devolver" }).click();
    const window = hers.getByRole("dialog", { name: "Devolver la respuesta de Luis Uc" });
    await window.getByRole("textbox", { name: "Motivo" }).fill("dile cuándo");
    await window.getByRole("button", { name: "Devolver" }).click();
    await his.getByText("Marta Poot la devolvió: dile cuándo").waitFor();
    await his.getByRole("button", { name: "Escribirla otra vez" }).click();
    expect(await composer(his).inputValue()).toBe("No sé.");
    const shown = (await phone.locator(".bubbles").textContent()) ?? "";
    expect(shown).not.toMatch(/Pídele su folio|No sé/);
  });
});

describe("a talk of the assistant", () => {
  it("is joined: the assistant is silent, and goes on at the exact step", async () => {
    const name = "Toño Chablé";
    const { page } = marta;
    const his = await aNeighbour(browser, server, name, 2);
    await write(his, "hay un bache feo");
    await heard(his, /Bache/);
    await choose(his, "No");
    await heard(his, /De qué tamaño/);
    await page.getByRole("tab", { name: /Con el asistente/ }).click();
    await openChat(page, name);
    await page.getByText("La lleva el asistente.").waitFor();
    const context = page.getByRole("complementary", { name: "Datos de la conversación" });
    await context.getByText("Bache", { exact: true }).waitFor();
    expect(await page.getByRole("button", { name: "Enseñar al asistente" }).count()).toBe(0);
    await picture(page, "console-assistant");
    expect(await barriersWideAndNarrow(page)).toEqual([]);

    await page.getByRole("button", { name: "Entrar", exact: true }).click();
    const window = page.getByRole("dialog", { name: "Entrar a la conversación" });
    await window.getByRole("textbox", { name: "Motivo" }).fill("se le ve perdido");
    await window.getByRole("button", { name: "Entrar", exact: true }).click();
    await heard(his, /Ya está contigo una persona/);
    await page.getByText("Marta Poot entró a la conversación del asistente: se le ve perdido").waitFor();
    await answer(page, "Hola, soy Marta.");
    await heard(his, /soy Marta/);
    const before = await his.locator(".message.town").count();
    await write(his, "gracias, no sabía");
    await page.locator(".by-citizen .bubble", { hasText: "gracias, no sabía" }).waitFor();

    await page.getByRole("button", { name: "Cerrar", exact: true }).click();
    const closing = page.getByRole("dialog", { name: "Cerrar la conversación" });
    await closing.getByRole("button", { name: "Cerrar conversación" }).click();
    await his.locator(".message.town", { hasText: "De qué tamaño" }).nth(1).waitFor();
    expect(await his.locator(".message.town").count()).toBe(before + 1);
    expect(thrown([...marta.faults, ...luis.faults])).toEqual([]);
  });
});
