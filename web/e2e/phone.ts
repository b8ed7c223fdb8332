// What a citizen does on the simulated phone, by what can be seen and tapped.
import type { Page } from "playwright-core";

export async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Mensaje" }).fill(text);
  await page.getByRole("button", { name: "Enviar", exact: true }).click();
}

/** Taps a choice of the newest message, be it a button or a row in a list. */
export async function choose(page: Page, title: string): Promise<void> {
  const newest = page.locator(".bubbles > :last-child");
  const choice = newest.getByRole("button", { name: title });
  const list = newest.locator('[data-kind="list"] + .replies button');
  await choice.or(list).first().waitFor();
  if (await choice.isVisible()) return choice.click();
  await list.click();
  await page.getByRole("dialog").getByRole("button", { name: title }).click();
}

export async function sendLocation(page: Page, landmark: string): Promise<void> {
  await page.getByRole("button", { name: "Enviar mi ubicación" }).last().click();
  await page.getByRole("dialog").getByRole("button", { name: landmark }).click();
  await page.getByRole("button", { name: "Enviar esta ubicación" }).click();
}

export async function sendPhoto(page: Page, sample: string): Promise<void> {
  await page.getByRole("button", { name: "Adjuntar" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Foto" }).click();
  await page.getByRole("button", { name: sample }).click();
  await page.getByRole("button", { name: "Enviar foto" }).click();
}

/** Waits until the town has said something like this, and returns the part that fits. */
export async function heard(page: Page, words: RegExp): Promise<string> {
  const bubble = page.locator(".message.town .bubble", { hasText: words }).last();
  await bubble.waitFor();
  return words.exec((await bubble.textContent()) ?? "")?.[0] ?? "";
}
