// Until when somebody is answered, and calls that are promised: with the real server, at whatever hour it is.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { graveBarriers, openBrowser, picture } from "./browser";
import {
  aNeighbour,
  answer,
  asksForAPerson,
  comeIn,
  invite,
  openChat,
  theFirst,
  thrown,
  type Worker,
} from "./desk";
import { choose, heard } from "./phone";
import { type Server, startServer } from "./server";

const NAME = "Itzel Balam";
const WIDE = { width: 1366, height: 768 };
const NARROW = { width: 360, height: 740 };

let server: Server;
let browser: Browser;
let rosa: Worker;
let desk: Page;
let phone: Page;

beforeAll(async () => {
  server = await startServer({ VENTANILLA_STAFF__SECOND_FACTOR: "optional" });
  browser = await openBrowser();
  const admin = await theFirst(browser, server);
  rosa = await comeIn(browser, server, await invite(admin, "Rosa Canul", ["agent", "supervisor"]));
  desk = rosa.page;
  await desk.setViewportSize(WIDE);
  phone = await aNeighbour(browser, server, NAME, 4);
  await asksForAPerson(phone);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe("a chat that waits", () => {
  it("says until when it should be answered, and what is answered is due no more", async () => {
    const due = desk.getByText(/^Responder antes de/);
    await due.first().waitFor();
    await openChat(desk, NAME);
    await desk
      .locator(".chat-head")
      .getByText(/^Responder antes de/)
      .waitFor();
    await answer(desk, "Hola, soy Rosa.");
    await desk.locator(".chat-head").getByText("Contestada").waitFor();
  });
});

describe("a call", () => {
  it("is promised, told to the citizen, and stands in the list of calls", async () => {
    const data = desk.getByRole("complementary", { name: "Datos de la conversación" });
    await data.getByRole("button", { name: "Programar llamada" }).click();
    const window = desk.getByRole("dialog", { name: "Programar llamada" });
    expect(await graveBarriers(desk)).toEqual([]);
    await window.getByRole("textbox", { name: "Teléfono" }).fill("pronto");
    await window.getByRole("button", { name: "Prometer la llamada" }).click();
    await window.getByText(/Ese no es un teléfono/).waitFor();
    await window.getByRole("textbox", { name: "Teléfono" }).fill("981 555 0142");
    await window.getByRole("button", { name: "Prometer la llamada" }).click();
    await desk.getByText(/Rosa Canul prometió llamar/).waitFor();
    await heard(phone, /Te llamamos .* termina en 0142/);
    await desk.getByRole("tab", { name: /Llamadas/ }).click();
    await desk
      .getByRole("option", { name: NAME })
      .getByText(/^Llamar:/)
      .waitFor();
    await picture(desk, "console-calls");
    for (const size of [NARROW, WIDE]) {
      await desk.setViewportSize(size);
      expect(await graveBarriers(desk)).toEqual([]);
    }
  });

  it("was made, and nothing is due any more", async () => {
    await desk.getByRole("button", { name: "Ya le llamé" }).click();
    await desk.getByRole("dialog").getByRole("button", { name: "Guardar" }).click();
    await desk.getByText("Rosa Canul llamó y le contestaron").waitFor();
    await desk.getByText("No hay llamadas por hacer.").waitFor();
  });
});

describe("a chat that is over", () => {
  it("asks how it was, and the figures stand beside their n", async () => {
    await desk.getByRole("button", { name: "Cerrar", exact: true }).click();
    const window = desk.getByRole("dialog", { name: "Cerrar la conversación" });
    await window.getByText("No decir nada").click();
    expect(await window.getByRole("switch", { name: "Preguntar cómo le atendimos" }).isChecked()).toBe(true);
    expect(await graveBarriers(desk)).toEqual([]);
    await window.getByRole("button", { name: "Cerrar conversación" }).click();
    await heard(phone, /¿Cómo te atendimos\?/);
    await choose(phone, "Muy bien");
    await heard(phone, /¿Quieres contarnos por qué\?/);
    await desk.getByRole("link", { name: "Cifras" }).click();
    const quality = desk.getByRole("group", { name: "Qué tan bien se atiende" });
    await quality.getByText("5.0").waitFor();
    await quality.getByText("1 de n = 1").first().waitFor();
    for (const size of [NARROW, WIDE]) {
      await desk.setViewportSize(size);
      expect(await graveBarriers(desk)).toEqual([]);
    }
    expect(thrown(rosa.faults)).toEqual([]);
  });
});
