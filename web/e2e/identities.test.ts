// Signing in with the account of a state: the real server and a real OpenID provider.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { graveBarriers, openBrowser, picture, visit } from "./browser";
import { choosePassword, codeOf, invite, openLink, PASSWORD, signIn, theFirst } from "./desk";
import { CLIENT, type Identities, identities, signInThere } from "./identities";
import { type Server, startServer } from "./server";

const ELSEWHERE = "Entrar con Mi Estado";

let state: Identities;
let server: Server;
let browser: Browser;
let ana: Page;

beforeAll(async () => {
  state = await identities({
    rosa: { email: "rosa@puertoceiba.example", verified: true },
    luis: { email: "luis@puertoceiba.example", verified: false },
  });
  server = await startServer({
    VENTANILLA_STAFF__SECOND_FACTOR: "optional",
    VENTANILLA_OIDC__ISSUER: state.issuer,
    VENTANILLA_OIDC__CLIENT_ID: CLIENT.id,
    VENTANILLA_OIDC__CLIENT_SECRET: CLIENT.secret,
    VENTANILLA_OIDC__NAME: "Mi Estado",
  });
  await state.open(`${server.url}/api/v1/session/provider/callback`);
  browser = await openBrowser();
  ana = await theFirst(browser, server);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await state?.close();
});

function atTheDesk(page: Page): Promise<void> {
  return page.getByRole("tab", { name: "Sin atender" }).waitFor();
}

async function atTheDoor(): Promise<Page> {
  const { page } = await visit(browser, `${server.url}/console`);
  await page.getByRole("button", { name: ELSEWHERE }).waitFor();
  return page;
}

/** Somebody who was invited and chose a password. */
async function withPassword(name: string): Promise<Page> {
  const page = await openLink(browser, await invite(ana, name, ["agent"]));
  await choosePassword(page);
  await atTheDesk(page);
  return page;
}

describe("the account of a state", () => {
  it("opens the account with the e-mail that the state verified, and the same one when the e-mail is another", async () => {
    await withPassword("Rosa Chan");
    const page = await atTheDoor();
    expect(await graveBarriers(page)).toEqual([]);
    await picture(page, "console-signin-elsewhere");
    await page.getByRole("button", { name: ELSEWHERE }).click();
    await signInThere(page, "rosa");
    await atTheDesk(page);
    expect(new URL(page.url()).search).toBe("");

    state.people.rosa = { email: "rosa.otra@example.mx", verified: true };
    const again = await atTheDoor();
    await again.getByRole("button", { name: ELSEWHERE }).click();
    await signInThere(again, "rosa");
    await atTheDesk(again);
    await again.getByRole("button", { name: "Menú de Rosa Chan" }).waitFor();
  });

  it("opens nothing with an e-mail that nobody verified, until its owner links it", async () => {
    const desk = await withPassword("Luis Pech");
    const page = await atTheDoor();
    await page.getByRole("button", { name: ELSEWHERE }).click();
    await signInThere(page, "luis");
    await page.getByText("Nadie aquí está registrado con esa cuenta.").waitFor();
    expect(new URL(page.url()).search).toBe("");

    await desk.getByRole("link", { name: "Mi cuenta" }).click();
    await desk.getByRole("button", { name: "Vincular" }).click();
    await desk.getByRole("dialog").getByLabel("Tu contraseña").fill(PASSWORD);
    await desk.getByRole("dialog").getByRole("button", { name: "Vincular" }).click();
    await signInThere(desk, "luis");
    await desk.getByText("Vinculada desde el").waitFor();
    expect(await graveBarriers(desk)).toEqual([]);

    await page.getByRole("button", { name: ELSEWHERE }).click();
    // The state still knows this browser and asks nothing again.
    await atTheDesk(page);
  });

  it("accepts an invitation, and the account has no password", async () => {
    const page = await openLink(browser, await invite(ana, "Elena Uc", ["agent"]));
    await page.getByRole("button", { name: ELSEWHERE }).click();
    await signInThere(page, "elena");
    await atTheDesk(page);
    await page.getByRole("link", { name: "Mi cuenta" }).click();
    await page.getByRole("button", { name: "Desvincular" }).click();
    await page.getByText("Es tu única forma de entrar.").waitFor();
  });
});

describe("where it is not enough", () => {
  it("the code is asked for where the account has a second factor", async () => {
    const desk = await withPassword("Nora May");
    state.people.nora = { email: "nora@puertoceiba.example", verified: true };
    await desk.getByRole("link", { name: "Mi cuenta" }).click();
    await desk.getByRole("button", { name: "Activar", exact: true }).click();
    const secret = ((await desk.locator(".secret code").textContent()) ?? "").replaceAll(" ", "");
    await desk.getByLabel("Escribe los 6 números").fill(codeOf(secret));
    await desk.getByRole("dialog").getByRole("button", { name: "Activar" }).click();
    await desk.getByRole("heading", { name: "Guarda tus códigos de recuperación" }).waitFor();
    const codes = await desk.locator(".codes code").allTextContents();

    const page = await atTheDoor();
    await page.getByRole("button", { name: ELSEWHERE }).click();
    await signInThere(page, "nora");
    await page.getByRole("textbox", { name: "Código" }).fill(codes[0] ?? "");
    await page.getByRole("button", { name: "Verificar" }).click();
    await atTheDesk(page);
  });

  it("the password still opens the door while the state is out of reach", async () => {
    await state.close();
    // A server that has just started does not know its pages yet.
    await server.crash();
    await server.revive();
    const page = await atTheDoor();
    await page.getByRole("button", { name: ELSEWHERE }).click();
    await page.getByText("El servicio de la otra cuenta no responde bien.").waitFor();
    await signIn(page, "rosa@puertoceiba.example");
    await atTheDesk(page);
  });
});
