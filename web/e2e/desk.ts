// What people of the town hall do in the console, and how they get in.
import { createHmac } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { visit } from "./browser";
import { choose, heard, write } from "./phone";
import type { Server } from "./server";

export const PASSWORD = "una frase que nadie adivina";

/** Opens a link that was handed over, as a click on it would. */
export async function openLink(browser: Browser, link: string): Promise<Page> {
  return (await visit(browser, link)).page;
}

export async function choosePassword(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "Contraseña nueva" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Guardar y entrar" }).click();
}

export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByRole("textbox", { name: "Correo" }).fill(email);
  await page.getByRole("textbox", { name: "Contraseña" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Entrar", exact: true }).click();
}

/** The first account, which has every role, at its desk. */
export async function theFirst(browser: Browser, server: Server): Promise<Page> {
  const page = await openLink(browser, await server.firstLink());
  await choosePassword(page);
  await page.getByRole("tab", { name: "Sin atender" }).waitFor();
  return page;
}

/** Invites somebody as the admin on `page` does, without the window: only the first story looks at that. */
export async function invite(page: Page, name: string, roles: readonly string[]): Promise<string> {
  const api = `${new URL(page.url()).origin}/api/v1`;
  const { csrf } = await (await page.request.get(`${api}/me`)).json();
  const email = `${name.split(" ")[0]?.toLowerCase()}@puertoceiba.example`;
  const made = await page.request.post(`${api}/staff/invitations`, {
    headers: { "x-csrf-token": csrf },
    data: { name, email, roles, departments: [] },
  });
  return (await made.json()).link;
}

export interface Worker {
  page: Page;
  /** What the page threw. */
  faults: string[];
}

/** Somebody who was invited, at their desk. */
export async function comeIn(browser: Browser, server: Server, link: string): Promise<Worker> {
  const { page, faults } = await visit(browser, `${server.url}/readyz`);
  const token = new URL(link).hash.slice(1);
  await page.request.post(`${server.url}/api/v1/invitations/${token}`, { data: { password: PASSWORD } });
  await page.goto(`${server.url}/console`);
  await page.getByRole("tab", { name: "Sin atender" }).waitFor();
  return { page, faults };
}

/** A request that was refused is no fault of the page: it says so itself. */
export function thrown(faults: readonly string[]): string[] {
  return faults.filter((fault) => !/Failed to load resource|ERR_/.test(fault));
}

/** A neighbour with a phone of their own; `digit` tells their numbers apart. */
export async function aNeighbour(
  browser: Browser,
  server: Server,
  name: string,
  digit: number,
): Promise<Page> {
  const { page } = await visit(browser, server.url);
  const phone = `521982555810${digit}`;
  await page.evaluate(
    (kept) => localStorage.setItem("ventanilla.simulator.people", kept),
    JSON.stringify({ people: [{ phone, name }], phone }),
  );
  await page.goto(`${server.url}/simulator`);
  return page;
}

/** Stops in the middle of a report to ask for a person. */
export async function asksForAPerson(phone: Page): Promise<void> {
  await write(phone, "hay un bache feo");
  await heard(phone, /Bache/);
  await choose(phone, "No");
  await choose(phone, "Grande");
  await heard(phone, /¿Dónde está\?/);
  await write(phone, "quiero hablar con una persona");
  await phone
    .locator(".message.town", { hasText: /oficina|persona/ })
    .last()
    .waitFor();
}

export function composer(page: Page) {
  return page.getByRole("textbox", { name: "Respuesta para el ciudadano" });
}

/** Opens the chat of this neighbour from the queue that is shown. */
export async function openChat(page: Page, name: string): Promise<void> {
  await page.getByRole("option", { name }).first().click();
  await page.getByRole("region", { name: `Conversación con ${name}` }).waitFor();
}

export async function answer(page: Page, words: string): Promise<void> {
  await composer(page).fill(words);
  await page.getByRole("button", { name: "Enviar", exact: true }).click();
  await page.locator(".by-agent .bubble", { hasText: words }).waitFor();
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_MS = 30_000;

/** What an authenticator shows now (RFC 6238). */
export function codeOf(secret: string, now = Date.now()): string {
  const bits = [...secret].map((sign) => BASE32.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP_MS)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
}
