// The chat as a part of a town's page: for everybody who reads it, safe whatever is said, easy to put there.
import { describe, expect, it } from "vitest";
import { picture, SMALL } from "./browser";
import { stage } from "./stage";
import { openTownSite } from "./townsite";
import { barriers, choose, focusName, heard, openChat, tabTo, write } from "./visitor";

const town = stage();

describe("without a mouse and without seeing", () => {
  it("the chat is used with the keyboard alone", async () => {
    const { page } = await town.come();
    await tabTo(page, /Escríbenos/);
    await tabTo(page, /^Abrir el chat/);
    await page.keyboard.press("Enter");
    expect(await focusName(page)).toBe("Mensaje");
    await page.keyboard.type("hay un bache feo");
    await page.keyboard.press("Enter");
    await heard(page, /Bache/);
    await tabTo(page, /^No$/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await heard(page, /tamaño/);
    // The button is gone; the focus is not.
    expect(await focusName(page)).toBe("Conversación");
    await tabTo(page, /^Grande/);
    await page.keyboard.press("Space");
    await heard(page, /¿Dónde está\?/);
    await tabTo(page, /^Agregar foto/);
    await page.keyboard.press("Enter");
    expect(await focusName(page)).toBe("Foto");
    await page.keyboard.press("Escape");
    expect(await focusName(page)).toBe("Agregar foto o ubicación");
    await page.keyboard.press("Escape");
    expect(await focusName(page)).toMatch(/^Abrir el chat/);
  });

  it("the chat fills a phone, keeps the focus within, and lets go of it", async () => {
    const { page } = await town.come(SMALL);
    await tabTo(page, /^Abrir el chat/);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Ayuntamiento de Puerto Ceiba" });
    expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, ...SMALL });
    expect(await dialog.getAttribute("aria-modal")).toBe("true");
    for (const key of ["Tab", "Shift+Tab"]) {
      for (let presses = 0; presses < 12; presses += 1) {
        await page.keyboard.press(key);
        expect(await page.evaluate(() => document.activeElement?.id)).toBe("ventanilla");
      }
    }
    await page.keyboard.press("Escape");
    expect(await focusName(page)).toMatch(/^Abrir el chat/);
    expect(await page.evaluate(() => document.documentElement.style.overflow)).toBe("");
  });
});

describe("for everybody", () => {
  it("axe finds nothing, closed and open, wide and at 320 pixels, with the tray and with a place to share", async () => {
    const { page } = await town.come();
    expect(await barriers(page)).toEqual([]);
    await openChat(page);
    expect(await barriers(page)).toEqual([]);
    await write(page, "hay un bache feo");
    await choose(page, "No");
    await choose(page, /Grande/);
    await heard(page, /¿Dónde está\?/);
    await page.setViewportSize({ width: 320, height: 568 });
    expect(await barriers(page)).toEqual([]);
    const sideways = await page.getByRole("log").evaluate((log) => log.scrollWidth - log.clientWidth);
    expect(sideways).toBe(0);
    await page.getByRole("button", { name: "Agregar foto o ubicación" }).click();
    expect(await barriers(page)).toEqual([]);
    await page.emulateMedia({ forcedColors: "active" });
    expect(await barriers(page)).toEqual([]);
  });

  it("new messages are announced politely, and what was there already is not", async () => {
    const { page } = await town.come();
    await openChat(page);
    await page.locator('[role=log][aria-live="polite"]').waitFor();
    await write(page, "hay un bache feo");
    await heard(page, /Bache/);
    await page.reload();
    const live = await page.getByRole("log").getAttribute("aria-live");
    expect(live).toBe("off");
    await page.locator('[role=log][aria-live="polite"]').waitFor();
  });
});

const item = (last: string, message: object) => ({
  id: `0199c2a0-7b00-7000-8000-0000000000${last}`,
  message,
});
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const EVERY_KIND = [
  item("01", { type: "text", text: "<img src=x onerror=alert(1)> *negritas* y https://a.example/x." }),
  item("02", {
    type: "link",
    text: "Aquí se paga:",
    link: { label: "Pagar predial", url: "https://pagos.example/" },
  }),
  item("03", { type: "link", text: "No se abre:", link: { label: "Trampa", url: "javascript:alert(1)" } }),
  item("04", {
    type: "media",
    text: "Tu zona",
    attachment: {
      kind: "image",
      source: { at: "link", value: "https://fotos.example/plano.png" },
      mime: "image/png",
      described: "Plano de tu colonia",
    },
  }),
  item("05", {
    type: "media",
    text: "El bache, reparado",
    attachment: {
      kind: "image",
      source: { at: "file", value: "0199c2a0-7b00-7000-8000-00000000f11e" },
      mime: "image/png",
      described: "La calle ya pavimentada",
    },
  }),
  item("06", { type: "hologram", text: "Algo que todavía no existe" }),
  item("07", { type: "reaction", target: "m-1", emoji: "👍" }),
  item("08", { type: "contact_request", text: "¿A qué número te llamamos?" }),
  item("09", {
    type: "list",
    text: "¿Qué trámite buscas?",
    open: "Ver trámites",
    rows: Array.from({ length: 8 }, (_, row) => ({
      payload: `tramite.${row}`,
      label: `Trámite ${row}`,
      description: "Se hace en ventanilla",
    })),
  }),
];

describe("what the town sends", () => {
  it("of every kind is shown, and nothing of it runs or asks another server", async () => {
    const { page, faults, asked } = await town.come();
    let bodies: string[] = [];
    await page.route(`${town.server.url}/webchat/**`, async (route) => {
      const request = route.request();
      const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
      const path = new URL(request.url()).pathname;
      if (path.startsWith("/webchat/media/")) {
        return route.fulfill({ headers, contentType: "image/png", body: Buffer.from(PIXEL, "base64") });
      }
      if (path === "/webchat/messages" && request.method() === "GET") {
        const messages = request.url().includes("after=") ? [] : EVERY_KIND;
        return route.fulfill({ headers, json: { messages } });
      }
      if (path === "/webchat/messages" && request.method() === "POST")
        bodies = [...bodies, request.postData() ?? ""];
      return route.continue();
    });
    await openChat(page);
    await write(page, "hola");
    await heard(page, /Algo que todavía no existe/);
    await heard(page, /<img src=x onerror=alert\(1\)> negritas/);
    const links = await page
      .locator(".log a")
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    expect(links).toEqual([
      "https://a.example/x",
      "https://pagos.example/",
      "https://fotos.example/plano.png",
    ]);
    await page.getByRole("img", { name: "La calle ya pavimentada" }).waitFor();
    await page.getByRole("button", { name: "Ver trámites" }).click();
    expect(await barriers(page)).toEqual([]);
    await choose(page, /^Trámite 6/);
    await expect.poll(() => bodies.length).toBe(2);
    expect(JSON.parse(bodies[1] ?? "")).toMatchObject({
      type: "choice",
      payload: "tramite.6",
      title: "Trámite 6",
    });
    expect(asked.filter((url) => url.includes(".example"))).toEqual([]);
    expect(faults).toEqual([]);
  });
});

describe("whoever puts the chat on a page", () => {
  it("reads what to do when the page is not in the settings", async () => {
    const stranger = await openTownSite();
    stranger.script = { src: `${town.server.url}/widget.js`, attributes: 'data-lang="en" data-open' };
    const { page, faults } = await town.visit(stranger.origin);
    await page.getByRole("textbox", { name: "Message" }).fill("hello");
    await page.keyboard.press("Enter");
    await page.getByText("The chat is not switched on for this page yet.").waitFor();
    expect(faults.join("\n")).toContain("`origins` in the section [webchat]");
    stranger.stop();
  });

  it("gets one small script that is asked for anew and seldom sent again", async () => {
    const url = `${town.server.url}/widget.js`;
    const first = await fetch(url, { headers: { "Accept-Encoding": "gzip" } });
    expect(first.status).toBe(200);
    expect(first.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(first.headers.get("content-encoding")).toBe("gzip");
    expect(first.headers.get("cache-control")).toBe("no-cache");
    expect(first.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(await first.text()).toContain("attachShadow");
    const etag = first.headers.get("etag") ?? "";
    const again = await fetch(url, { headers: { "Accept-Encoding": "gzip", "If-None-Match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const plain = await fetch(url, { headers: { "Accept-Encoding": "identity" } });
    expect([plain.headers.get("content-encoding"), plain.headers.get("etag") === etag]).toEqual([
      null,
      false,
    ]);
  });

  it("chooses colour, title and language, opens it by a link, and may have the tag twice", async () => {
    town.site.script.attributes = 'data-lang="en" data-color="#ffd400" data-title="Town of Ceiba"';
    const { page, faults } = await town.come();
    await page.evaluate((src) => {
      const again = document.createElement("script");
      again.src = src;
      return new Promise((done) => {
        again.onload = done;
        document.body.append(again);
      });
    }, town.site.script.src);
    expect(await page.locator("#ventanilla").count()).toBe(1);
    await page.getByRole("link", { name: "Escríbenos" }).click();
    await page.getByRole("dialog", { name: "Town of Ceiba" }).waitFor();
    await page.getByText("Tell me in your own words").waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it("can try it on a page of ours", async () => {
    const { page, faults } = await town.visit(`${town.server.url}/widget`);
    await write(page, "hay un bache feo");
    await heard(page, /Bache/);
    await picture(page, "widget");
    expect(await barriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });
});
