// What people do in the chat on a town's page, also where line, browser or phone are against them.
import type { Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { SMALL } from "./browser";
import { stage } from "./stage";
import {
  barriers,
  bigPhoto,
  choose,
  focusName,
  heard,
  jpegSize,
  openChat,
  said,
  type Visit,
  write,
} from "./visitor";

const town = stage();

/** What was posted as a message: its id and what became of it. */
function posted({ page }: Visit): { ids: string[]; accepted: string[] } {
  const ids: string[] = [];
  const accepted: string[] = [];
  const idOf = (body: string | null) => String((JSON.parse(body ?? "{}") as { id?: unknown }).id);
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/webchat/messages"))
      ids.push(idOf(request.postData()));
  });
  page.on("response", (response) => {
    if (response.status() === 202) accepted.push(idOf(response.request().postData()));
  });
  return { ids, accepted };
}

describe("a visitor of a town's page", () => {
  it("reports a pothole there, over a reload in the middle, and nothing else is asked for", async () => {
    const { page, faults, asked } = await town.come();
    await openChat(page);
    await write(page, "hay un bache feo");
    await heard(page, /Bache/);
    await choose(page, "No");
    await choose(page, /Grande/);
    await heard(page, /¿Dónde está\?/);

    const before = await said(page);
    await page.reload();
    await page.getByRole("dialog").waitFor();
    await heard(page, /¿Dónde está\?/);
    expect(await said(page)).toEqual(before);

    await choose(page, "Compartir mi ubicación");
    await heard(page, /más|debe saber/);
    await choose(page, "Nada más");
    await heard(page, /foto/);
    const buffer = await bigPhoto(page);
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "bache.png", mimeType: "image/png", buffer });
    await page.getByRole("textbox", { name: "Mensaje" }).fill("Así está");
    await page.getByRole("button", { name: "Enviar foto" }).click();
    await heard(page, /¿Lo mando así\?/);
    expect(await barriers(page)).toEqual([]);
    await choose(page, /Sí, mándalo/);
    const folio = await heard(page, /[A-Z]{2,4}-\d{4}-\d{4}/);
    const report = await fetch(`${town.server.url}/api/v1/reports/${folio}`);
    expect(await report.json()).toMatchObject({ folio });

    const hosts = asked.filter((url) => !url.startsWith("data:") && !url.startsWith("blob:"));
    expect(new Set(hosts.map((url) => new URL(url).origin))).toEqual(
      new Set([town.site.origin, town.server.url]),
    );
    expect(hosts.filter((url) => url.includes("token") || /[?&](?!after=)/.test(url))).toEqual([]);
    expect(faults).toEqual([]);
  });

  it("sends a photo made small, and nobody else can see it", async () => {
    const { page } = await town.come(SMALL);
    await openChat(page);
    const uploaded = page.waitForResponse((response) => response.url().endsWith("/webchat/media"));
    await page.getByRole("button", { name: "Agregar foto o ubicación" }).click();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Foto", exact: true }).click();
    const buffer = await bigPhoto(page);
    await (await chooser).setFiles({ name: "bache.png", mimeType: "image/png", buffer });
    await page.getByRole("button", { name: "Enviar foto" }).click();
    const { media } = (await (await uploaded).json()) as { media: string };
    await page.getByRole("img", { name: "Foto que mandaste" }).waitFor();

    const token = await page.evaluate(() =>
      localStorage.getItem(Object.keys(localStorage).find((key) => key.endsWith(":token")) ?? ""),
    );
    const kept = await fetch(`${town.server.url}/webchat/media/${media}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(kept.headers.get("content-type")).toBe("image/jpeg");
    expect(jpegSize(Buffer.from(await kept.arrayBuffer()))).toEqual([1600, 1200]);
    expect((await fetch(`${town.server.url}/webchat/media/${media}`)).status).toBe(401);
  });
});

describe("a visitor on a bad line", () => {
  it("loses nothing that is written offline, not even over a reload, and nothing arrives twice", async () => {
    const here = await town.come();
    const { page } = here;
    const { ids, accepted } = posted(here);
    const cut = (route: Route) => route.abort("internetdisconnected");
    await openChat(page);
    await page.route(`${town.server.url}/webchat/**`, cut);
    await write(page, "hay un bache feo");
    await write(page, "no hay heridos");
    await page.getByText("Lo que escribas se manda solo").waitFor();
    await expect.poll(() => page.getByText("Esperando conexión").count()).toBe(2);
    await page.getByRole("textbox", { name: "Mensaje" }).fill("a medio escribir");
    expect(await barriers(page)).toEqual([]);

    await page.reload();
    await expect.poll(() => page.getByText("Esperando conexión").count()).toBe(2);
    expect(await page.getByRole("textbox", { name: "Mensaje" }).inputValue()).toBe("a medio escribir");

    await page.unroute(`${town.server.url}/webchat/**`, cut);
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await heard(page, /Bache/);
    await page.getByText("Esperando conexión").first().waitFor({ state: "detached" });
    await expect.poll(() => accepted.length).toBe(2);
    expect(new Set(ids)).toEqual(new Set(accepted));
    expect(ids[0]).toBe(accepted[0]);
  });

  it("is answered once when the answer to a message was lost on the way", async () => {
    const here = await town.come();
    const { page } = here;
    const { ids } = posted(here);
    let lost = 0;
    await page.route(`${town.server.url}/webchat/messages`, async (route) => {
      if (route.request().method() !== "POST" || lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort("connectionreset");
    });
    await openChat(page);
    await write(page, "hay un bache feo");
    await page.locator(".state.sent").waitFor();
    expect([lost, ids.length, new Set(ids).size]).toEqual([1, 2, 1]);
    await heard(page, /Bache/);
    await page.waitForTimeout(2000);
    expect((await said(page)).filter((text) => text.includes("Bache"))).toHaveLength(1);
  });
});

describe("a visitor with a browser of their own kind", () => {
  it("can talk where the browser forbids to keep anything", async () => {
    const { page, faults } = await town.come();
    await page.addInitScript(() => {
      for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException("denied", "SecurityError");
          },
        });
      }
    });
    await page.reload();
    await openChat(page);
    await write(page, "hay un bache feo");
    await heard(page, /Bache/);
    await choose(page, "No");
    await heard(page, /tamaño/);
    expect(faults).toEqual([]);
  });

  it("hears of answers without a stream, where a proxy or the browser has none", async () => {
    const { page } = await town.come();
    await page.route(`${town.server.url}/webchat/events`, (route) => route.abort());
    await openChat(page);
    await write(page, "hay un bache feo");
    await heard(page, /Bache/);
  });
});

describe("a visitor who is asked where it is", () => {
  it("is asked again before a rough place is sent, and can always write it instead", async () => {
    const { page, context } = await town.come(SMALL);
    await context.setGeolocation({ latitude: 18.9278, longitude: -91.1106, accuracy: 2400 });
    await openChat(page);
    await write(page, "hay un bache feo");
    await choose(page, "No");
    await choose(page, /Grande/);
    await choose(page, "Compartir mi ubicación");
    await page.getByText("con 2 km de error").first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Cancelar" }).click();

    // As after a tap on "Block", which cannot be tapped here.
    await page.evaluate(() => {
      navigator.geolocation.getCurrentPosition = (_found, denied) => {
        denied?.({ code: 1, PERMISSION_DENIED: 1 } as GeolocationPositionError);
      };
    });
    await choose(page, "Compartir mi ubicación");
    await page.getByText("No tengo permiso para ver tu ubicación").first().waitFor();
    await page.locator(".tray").getByRole("button", { name: "Escribir el lugar" }).click();
    expect(await focusName(page)).toBe("Mensaje");
    await page.getByPlaceholder("Calle y número, o un lugar conocido").fill("Mercado Municipal");
    await page.keyboard.press("Enter");
    await heard(page, /debe saber|más/);
  });
});

describe("a visitor who comes and goes", () => {
  it("begins anew where the server does not know the token any more", async () => {
    const { page } = await town.come();
    await openChat(page);
    await write(page, "hola");
    await page.locator(".state.sent").waitFor();
    await page.evaluate(() => {
      for (const key of Object.keys(localStorage))
        if (key.endsWith(":token")) localStorage.setItem(key, "x.y");
    });
    await page.reload();
    await write(page, "hay un bache feo");
    await heard(page, /Bache/);
  });

  it("sees how many messages are new while the chat is closed", async () => {
    const { page } = await town.come();
    await openChat(page);
    await page.route(`${town.server.url}/webchat/messages`, async (route) => {
      await new Promise((done) => setTimeout(done, 700));
      await route.continue();
    });
    await write(page, "hay un bache feo");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /Abrir el chat: .*1 mensaje nuevo/ }).click();
    await heard(page, /Bache/);
    await page.keyboard.press("Escape");
    await page
      .getByRole("button", { name: "Abrir el chat: Ayuntamiento de Puerto Ceiba", exact: true })
      .waitFor();
  });

  it("can delete the conversation from a computer that others use", async () => {
    const { page } = await town.come();
    await openChat(page);
    await write(page, "hay un bache feo");
    await heard(page, /Bache/);
    await page.getByRole("button", { name: "Borrar la conversación de este dispositivo" }).click();
    await page.getByRole("button", { name: "Borrar", exact: true }).click();
    await page.getByRole("button", { name: "Hay un bache en mi calle" }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Hay un bache en mi calle" }).waitFor();
    expect(await said(page)).toHaveLength(1);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).not.toMatch(/bache|token/i);
  });
});
