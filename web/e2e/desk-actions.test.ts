// What an agent does from a chat, with the real server: a picture, a report, a disguised file, a lesson.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { graveBarriers, openBrowser, picture } from "./browser";
import {
  aNeighbour,
  asksForAPerson,
  comeIn,
  composer,
  invite,
  openChat,
  theFirst,
  thrown,
  type Worker,
} from "./desk";
import { heard, sendPhoto } from "./phone";
import { type Server, startServer } from "./server";

const NAME = "Itzel Balam";
/** A picture of one pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let server: Server;
let browser: Browser;
let rosa: Worker;
let tere: Page;
let phone: Page;

beforeAll(async () => {
  server = await startServer({ VENTANILLA_STAFF__SECOND_FACTOR: "optional" });
  browser = await openBrowser();
  const ana = await theFirst(browser, server);
  tere = ana;
  rosa = await comeIn(browser, server, await invite(ana, "Rosa Canul", ["supervisor"]));
  phone = await aNeighbour(browser, server, NAME, 4);
  await asksForAPerson(phone);
  await openChat(rosa.page, NAME);
  await rosa.page.getByRole("button", { name: "Tomar la conversación" }).click();
  await rosa.page.getByText("Rosa Canul tomó la conversación").waitFor();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function attach(page: Page, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Adjuntar un archivo" }).click(),
  ]);
  await chooser.setFiles({ name, mimeType, buffer });
}

async function act(page: Page, what: string): Promise<void> {
  await page.getByRole("button", { name: "Acciones" }).click();
  await page.getByRole("menuitem", { name: what }).click();
}

describe("what an agent sends and files", () => {
  it("is told that a file is not what its name says, and keeps the draft", async () => {
    const { page } = rosa;
    await composer(page).fill("Te mando el plano.");
    await attach(page, "plano.jpg", "image/jpeg", Buffer.from("<!DOCTYPE html><script>1</script>"));
    await page.getByText(/No se adjuntó plano.jpg: El archivo no es lo que dice su nombre/).waitFor();
    expect(await composer(page).inputValue()).toBe("Te mando el plano.");
    expect(await page.getByRole("button", { name: "Enviar", exact: true }).isDisabled()).toBe(true);
    expect(await graveBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Quitar plano.jpg" }).click();
  });

  it("sends a picture with words, which the phone shows", async () => {
    const { page } = rosa;
    await attach(page, "plano.png", "image/png", PIXEL);
    await page.getByRole("textbox", { name: "Qué se ve" }).fill("Mapa de la entrada");
    expect(await graveBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Enviar", exact: true }).click();
    await page.locator(".by-agent .bubble img[alt='Mapa de la entrada']").waitFor();
    await page.getByRole("button", { name: /Deshacer/ }).click();
    await page.getByText("No se envió. Tu texto volvió a la caja.").waitFor();
    await page.locator(".attached.ready", { hasText: "plano.png" }).waitFor();
    expect(await composer(page).inputValue()).toBe("Te mando el plano.");
    await page.getByRole("button", { name: "Enviar", exact: true }).click();
    await heard(phone, /Te mando el plano/);
    await phone.locator(".message.town img.picture").waitFor();
  });

  it("files a report in the citizen's name, and only the citizen learns the PIN", async () => {
    const { page } = rosa;
    await sendPhoto(phone, "Bache");
    await page.locator(".by-citizen .bubble img").waitFor();
    await page.getByRole("heading", { name: NAME }).click();
    await page.keyboard.press("f");
    const window = page.getByRole("dialog", { name: "Levantar un reporte" });
    await window.getByRole("combobox", { name: "De qué es" }).waitFor();
    expect(await window.getByRole("combobox", { name: "De qué es" }).inputValue()).toBe("Bache");
    await window.getByRole("textbox", { name: "Lugar" }).fill("Calle 20 por 15, Guadalupe");
    await picture(page, "console-report");
    expect(await window.getByRole("textbox", { name: "Lo que dice" }).inputValue()).toBe("hay un bache feo");
    expect(await graveBarriers(page)).toEqual([]);
    await window.getByRole("button", { name: "Levantar reporte" }).click();
    const said = await heard(phone, /Tu folio es (\S+) y tu PIN es (\d{6})/);
    const [, folio = "", pin = ""] = /folio es (\S+) y tu PIN es (\d{6})/.exec(said) ?? [];
    await page.getByText(`Rosa Canul levantó el reporte ${folio}`).waitFor();
    expect(await page.locator("main").textContent()).not.toContain(pin);
  });

  it("adds what they told to a report that is open", async () => {
    const { page } = rosa;
    await act(page, "Agregar a su reporte");
    const window = page.getByRole("dialog", { name: "Agregar a su reporte" });
    await window.getByRole("radio", { name: /Bache/ }).waitFor();
    const add = window.getByRole("button", { name: "Agregar", exact: true });
    expect(await add.isDisabled()).toBe(true);
    await window.getByRole("textbox", { name: "Lo que dice" }).fill("Ya se cayó una moto.");
    await picture(page, "console-append");
    expect(await graveBarriers(page)).toEqual([]);
    await add.click();
    await page.getByText(/Rosa Canul agregó algo al reporte/).waitFor();
  });
});

describe("what an agent leaves to the bot", () => {
  it("teaches what a message meant, and the trainer takes it", async () => {
    const { page } = rosa;
    const bubble = page.locator(".by-citizen .bubble", { hasText: "hay un bache feo" }).first();
    await bubble.getByRole("button", { name: "Enseñar al asistente" }).click();
    const window = page.getByRole("dialog", { name: "¿Qué quería decir?" });
    await window.getByRole("combobox", { name: "Esto quería decir" }).fill("bache");
    await page.getByRole("option", { name: /bache/i }).first().click();
    await window.getByRole("button", { name: "Enviar a entrenamiento" }).click();
    await page.getByText("quedó en la bandeja de entrenamiento").waitFor();

    await tere.getByRole("link", { name: "Entrenar" }).click();
    await tere.getByRole("button", { name: "Aceptar: hay un bache feo" }).waitFor();
    await picture(tere, "console-training");
    expect(await graveBarriers(tere)).toEqual([]);
    await tere.getByRole("button", { name: "Aceptar: hay un bache feo" }).click();
    await tere.getByText("No hay nada por revisar.").waitFor();
    const file = tere.waitForEvent("download");
    await tere.getByRole("link", { name: "Descargar aceptadas" }).click();
    expect((await file).suggestedFilename()).toBe("entrenamiento.yaml");
  });

  it("tells a trainer why a message is understood so", async () => {
    await tere.getByRole("textbox", { name: "Mensaje" }).fill("hay un bache enorme en mi calle");
    await tere.getByRole("textbox", { name: "Mensaje" }).press("Enter");
    const why = tere.getByRole("status");
    await why.getByText(/Está seguro de que es «Bache en la calle»/).waitFor();
    await why.getByText("bache (mucho)").waitFor();
    await why.getByText("tamaño: enorme").waitFor();
    expect(await graveBarriers(tere)).toEqual([]);
  });

  it("lets the assistant ask for a permission, and has the chat again", async () => {
    const { page } = rosa;
    await act(page, "Que lo haga el asistente");
    const window = page.getByRole("dialog", { name: "Que lo haga el asistente" });
    await window.getByRole("button", { name: /Permiso para/ }).click();
    await page.getByRole("option", { name: "Avisos de sus reportes" }).click();
    expect(await graveBarriers(page)).toEqual([]);
    await window.getByRole("button", { name: "Dejar al asistente" }).click();
    await heard(phone, /cómo van tus reportes/);
    await phone.getByRole("button", { name: "Sí" }).last().click();
    await page.getByText(/El asistente terminó con «Pedir un permiso»/).waitFor();
  });

  it("blocks with a reason, and a supervisor sees and lifts it", async () => {
    const { page } = rosa;
    await act(page, "Bloquear");
    const window = page.getByRole("dialog", { name: "Bloquear a esta persona" });
    await window.getByRole("textbox", { name: "Motivo" }).fill("Insultos repetidos");
    expect(await graveBarriers(page)).toEqual([]);
    await window.getByRole("button", { name: "Bloquear" }).click();
    await heard(phone, /Por ahora no podemos seguir/);
    await page.getByRole("link", { name: "Bloqueos" }).click();
    await page.getByText("Insultos repetidos").waitFor();
    expect(await graveBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: `Quitar bloqueo: ${NAME}` }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Quitar bloqueo" }).click();
    await page.getByText("No hay nadie bloqueado.").waitFor();
    expect(thrown(rosa.faults)).toEqual([]);
  });
});
