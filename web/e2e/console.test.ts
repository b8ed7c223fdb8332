// The desk of the town hall with the real server: invited people, races, hand-overs, a crash, an ended session.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriersWideAndNarrow, openBrowser, picture } from "./browser";
import {
  aNeighbour,
  answer,
  asksForAPerson,
  choosePassword,
  codeOf,
  comeIn,
  composer,
  invite,
  openChat,
  openLink,
  PASSWORD,
  signIn,
  thrown,
  type Worker,
} from "./desk";
import { heard, write } from "./phone";
import { FIRST, type Server, startServer } from "./server";

let server: Server;
let browser: Browser;
let link: string;
let ana: Page;
let rosa: Worker;
let luis: Worker;

beforeAll(async () => {
  server = await startServer({ VENTANILLA_STAFF__SECOND_FACTOR: "optional" });
  link = await server.firstLink();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe("somebody who was invited", () => {
  it("chooses a password, and the link leaves the address bar", async () => {
    const page = await openLink(browser, link);
    await page.getByRole("heading", { name: "Te damos la bienvenida" }).waitFor();
    await page.waitForURL(`${server.url}/console/welcome`);
    expect(await barriersWideAndNarrow(page)).toEqual([]);
    await choosePassword(page);
    await page.getByRole("tab", { name: "Sin atender" }).waitFor();
    ana = page;
  });

  it("turns on the second factor, and a recovery code opens the door", async () => {
    await ana.getByRole("link", { name: "Mi cuenta" }).click();
    await ana.getByRole("button", { name: "Activar", exact: true }).click();
    const secret = (await ana.locator(".secret code").textContent()) ?? "";
    await ana.getByLabel("Escribe los 6 números").fill(codeOf(secret.replaceAll(" ", "")));
    await ana.getByRole("dialog").getByRole("button", { name: "Activar" }).click();
    await ana.getByRole("heading", { name: "Guarda tus códigos de recuperación" }).waitFor();
    const codes = await ana.locator(".codes code").allTextContents();
    expect(codes).toHaveLength(10);
    await ana.getByRole("button", { name: "Ya los guardé" }).click();
    await ana.getByText("Está activa.").waitFor();

    await ana.getByRole("button", { name: "Menú de Ana Demo" }).click();
    await ana.getByRole("menuitem", { name: "Salir" }).click();
    await ana.getByRole("heading", { name: "Entrar a la consola" }).waitFor();
    await picture(ana, "console-signin");
    expect(await barriersWideAndNarrow(ana)).toEqual([]);
    await signIn(ana, FIRST.email);
    await ana.getByRole("textbox", { name: "Código" }).fill(codes[0] ?? "");
    await ana.getByRole("button", { name: "Verificar" }).click();
    await ana.getByRole("link", { name: "Equipo" }).waitFor();
  });

  it("invites a colleague, who sits down at an empty desk", async () => {
    await ana.getByRole("link", { name: "Equipo" }).click();
    await ana.getByRole("button", { name: "Invitar" }).click();
    const window = ana.getByRole("dialog", { name: "Invitar a alguien" });
    await window.getByRole("textbox", { name: "Nombre" }).fill("Rosa Canul");
    await window.getByRole("textbox", { name: "Correo" }).fill("rosa@puertoceiba.example");
    await window.getByText("Supervisa la mesa").click();
    await window.getByRole("button", { name: "Hacer enlace" }).click();
    const hers = await window.getByRole("textbox", { name: "Enlace" }).inputValue();
    await window.getByRole("button", { name: "Cerrar" }).click();
    rosa = await comeIn(browser, server, hers);
    await rosa.page.getByText("Nadie espera. ¡Buen trabajo!").waitFor();
    expect(await barriersWideAndNarrow(rosa.page)).toEqual([]);
    luis = await comeIn(browser, server, await invite(ana, "Luis Uc", ["agent"]));
  });
});

describe("two agents and one chat", () => {
  it("one gets it, the other is told who and keeps the draft", async () => {
    const name = "Itzel Balam";
    const phone = await aNeighbour(browser, server, name, 1);
    await asksForAPerson(phone);
    for (const { page } of [rosa, luis]) await openChat(page, name);
    await composer(luis.page).fill("Ya voy en camino a ayudarte.");
    await rosa.page.getByText("Luis Uc está escribiendo…").waitFor();

    // Luis has not heard of it yet when he presses.
    await luis.page.route("**/desk/chats/*", (route) =>
      route.request().method() === "GET" ? route.abort() : route.continue(),
    );
    await rosa.page.getByRole("button", { name: "Tomar la conversación" }).click();
    await rosa.page.getByText("Rosa Canul tomó la conversación").waitFor();
    await luis.page.getByRole("button", { name: "Enviar", exact: true }).click();
    await luis.page.getByText(/La atiende Rosa Canul. Tu texto sigue guardado/).waitFor();
    await luis.page.unroute("**/desk/chats/*");
    await luis.page.getByText("La atiende Rosa Canul. Puedes leer y dejar notas.").waitFor();
    expect(await composer(luis.page).inputValue()).toBe("Ya voy en camino a ayudarte.");

    await luis.page.getByRole("button", { name: "Relevar a Rosa Canul" }).click();
    await luis.page.getByRole("textbox", { name: "Motivo" }).fill("terminó su turno");
    await luis.page.getByRole("button", { name: "Relevar", exact: true }).click();
    await rosa.page.getByText("Luis Uc relevó a Rosa Canul: terminó su turno").waitFor();
  });
});

describe("a hand-over", () => {
  const name = "Toño Chablé";
  let phone: Page;

  it("brings why, what was said and what is known, and the bot is silent", async () => {
    phone = await aNeighbour(browser, server, name, 2);
    await asksForAPerson(phone);
    const desk = rosa.page;
    await openChat(desk, name);
    const context = desk.getByRole("complementary", { name: "Datos de la conversación" });
    await context.getByText("Hablar con alguien").first().waitFor();
    await context.getByText("quiero hablar con una persona").waitFor();
    await context.getByText("Bache").waitFor();
    await context.getByText("Reportar un problema").waitFor();

    await answer(desk, "Hola, soy Rosa. ¿En qué te ayudo?");
    await desk.getByRole("button", { name: /Deshacer \(\d s\)/ }).waitFor();
    await heard(phone, /soy Rosa/);
    const before = await phone.locator(".message.town").count();
    await write(phone, "¿cuándo lo arreglan?");
    await desk.locator(".by-citizen .bubble", { hasText: "¿cuándo lo arreglan?" }).waitFor();
    await answer(desk, "Esta semana pasa la cuadrilla.");
    await heard(phone, /pasa la cuadrilla/);
    expect(await phone.locator(".message.town").count()).toBe(before + 1);
    await picture(desk, "console-desk");
    expect(await barriersWideAndNarrow(desk)).toEqual([]);
  });

  it("keeps notes and what was taken back from the phone", async () => {
    const desk = rosa.page;
    await desk.getByRole("radio", { name: "Nota" }).click();
    await desk.getByRole("textbox", { name: "Nota interna" }).fill("Ojo: ya había llamado ayer.");
    await desk.getByRole("button", { name: "Guardar nota" }).click();
    await desk.locator(".by-note .bubble", { hasText: "ya había llamado" }).waitFor();
    await answer(desk, "Esto no lo quería mandar.");
    await desk.getByRole("button", { name: /Deshacer/ }).click();
    await desk.getByText("No se envió. Tu texto volvió a la caja.").waitFor();
    expect(await composer(desk).inputValue()).toBe("Esto no lo quería mandar.");
    await answer(desk, "Te avisamos por aquí.");
    await heard(phone, /Te avisamos por aquí/);
    const shown = (await phone.locator(".bubbles").textContent()) ?? "";
    expect(shown).not.toMatch(/ya había llamado|no lo quería mandar/);
  });

  it("ends where the bot stopped: the phone shows the open question again", async () => {
    const desk = rosa.page;
    const asked = phone.locator(".message.town", { hasText: "¿Dónde está?" });
    const before = await asked.count();
    await desk.getByRole("button", { name: "Cerrar", exact: true }).click();
    const window = desk.getByRole("dialog", { name: "Cerrar la conversación" });
    await window.getByRole("radio", { name: /Seguir donde se quedó/ }).waitFor();
    await window.getByRole("button", { name: "Cerrar conversación" }).click();
    await asked.nth(before).waitFor();
    await desk.getByText(/Rosa Canul la devolvió al asistente, que sigue donde se quedó/).waitFor();
    expect(thrown(rosa.faults)).toEqual([]);
  });
});

describe("what goes wrong", () => {
  it("a crash of the server loses neither the chat nor the draft", async () => {
    const name = "Chela Montejo";
    const phone = await aNeighbour(browser, server, name, 3);
    await asksForAPerson(phone);
    await openChat(rosa.page, name);
    await answer(rosa.page, "Hola, te leo.");
    await heard(phone, /te leo/);
    await composer(rosa.page).fill("Estoy revisando tu caso");
    await server.crash();
    await rosa.page.getByText("Reconectando…").waitFor();
    await server.revive();
    await rosa.page.getByText("Reconectando…").waitFor({ state: "detached" });
    await write(phone, "¿sigues ahí?");
    await rosa.page.locator(".by-citizen .bubble", { hasText: "¿sigues ahí?" }).waitFor();
    expect(await composer(rosa.page).inputValue()).toBe("Estoy revisando tu caso");
    await luis.page.getByRole("tab", { name: /Equipo/ }).click();
    await luis.page.getByRole("option", { name }).waitFor();
  });

  it("a session that ends while somebody writes asks to sign in, over the draft", async () => {
    const { page } = rosa;
    await page.context().clearCookies();
    const dialog = page.getByRole("dialog", { name: "Tu sesión terminó" });
    // The page may notice by itself first, and then nothing behind the dialog can be pressed.
    const send = page.getByRole("button", { name: "Enviar", exact: true });
    await send.click({ timeout: 2_000 }).catch(() => dialog.waitFor());
    await dialog.waitFor();
    expect(await barriersWideAndNarrow(page)).toEqual([]);
    await dialog.getByRole("textbox", { name: "Contraseña" }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "Entrar", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await composer(page).inputValue()).toBe("Estoy revisando tu caso");
    await page.getByRole("button", { name: "Enviar", exact: true }).click();
    await page.locator(".by-agent .bubble", { hasText: "Estoy revisando tu caso" }).waitFor();
    expect(thrown([...rosa.faults, ...luis.faults])).toEqual([]);
  });
});

describe("the other pages", () => {
  it("are open to everybody's eyes and hands", async () => {
    for (const [section, title] of [
      ["Bitácora", "Bitácora"],
      ["Llaves", "Llaves"],
      ["Cifras", "Cifras de la mesa"],
      ["Mi cuenta", "Mi cuenta"],
      ["Equipo", "Equipo"],
    ] as const) {
      await ana.getByRole("link", { name: section }).click();
      await ana.getByRole("heading", { name: title, level: 1 }).waitFor();
      await ana.locator(".skeleton").first().waitFor({ state: "detached" });
      if (section === "Equipo") {
        await ana.getByText("luis@puertoceiba.example").waitFor();
        await picture(ana, "console-team");
      }
      expect(await barriersWideAndNarrow(ana), section).toEqual([]);
    }
  });

  it("keep the replies that are searched with a slash", async () => {
    const { page } = rosa;
    await page.getByRole("link", { name: "Respuestas" }).click();
    await page.getByRole("button", { name: "Escribir una" }).click();
    const window = page.getByRole("dialog");
    await window.getByRole("textbox", { name: "Título" }).fill("Saludo");
    await window.getByRole("textbox", { name: "Atajo" }).fill("saludo");
    await window.getByRole("textbox", { name: "Texto" }).fill("Hola {{nombre}}, soy {{agente}}.");
    await window.getByRole("button", { name: "Guardar" }).click();
    await page.getByRole("button", { name: "Cambiar: Saludo" }).waitFor();
    expect(await barriersWideAndNarrow(page)).toEqual([]);

    await page.getByRole("link", { name: "Mesa" }).click();
    await page
      .getByRole("tab", { name: /Mías|Esperando/ })
      .first()
      .click();
    await page.getByRole("tab", { name: /Esperando/ }).click();
    await page.getByRole("option").first().click();
    await composer(page).press("/");
    await page.getByRole("menuitem", { name: "Saludo" }).click();
    expect(await composer(page).inputValue()).toMatch(/^Hola .+, soy Rosa Canul\.$/);
  });
});
