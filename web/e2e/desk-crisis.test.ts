// Somebody is in danger: what the desk shows, and answering for it. With the real server and somebody on call who cannot
// be reached.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { barriersWideAndNarrow, openBrowser, picture } from "./browser";
import { aNeighbour, comeIn, invite, openChat, theFirst, thrown, type Worker } from "./desk";
import { heard, write } from "./phone";
import { type Server, startServer } from "./server";

const NAME = "Itzel Balam";

let server: Server;
let browser: Browser;
let rosa: Worker;
let desk: Page;

beforeAll(async () => {
  server = await startServer({
    VENTANILLA_STAFF__SECOND_FACTOR: "optional",
    // Nothing listens at port 9.
    VENTANILLA_NOTIFY__PEOPLE: '[{id="luis", name="Luis Uc", webhook="http://127.0.0.1:9/"}]',
  });
  browser = await openBrowser();
  const admin = await theFirst(browser, server);
  rosa = await comeIn(browser, server, await invite(admin, "Rosa Canul", ["agent"]));
  desk = rosa.page;
  await desk.setViewportSize({ width: 1366, height: 768 });
  const phone = await aNeighbour(browser, server, NAME, 4);
  await write(phone, "ya no quiero vivir");
  await heard(phone, /800 911 2000/);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it("shows who was called and the help lines, and a colleague answers for it", async () => {
  await openChat(desk, NAME);
  const part = desk.getByRole("heading", { name: "Persona en peligro" }).locator("..");
  await part.getByText(/Se llamó a la guardia/).waitFor();
  await part.getByText(/Luis Uc · aviso automático/).waitFor();
  await part.getByText("800 911 2000", { exact: true }).waitFor();
  await picture(desk, "console-crisis");
  expect(await barriersWideAndNarrow(desk)).toEqual([]);
  await part.getByRole("button", { name: "Yo me encargo" }).click();
  await part.getByText(/Rosa Canul contestó/).waitFor();
  expect(await part.getByRole("button", { name: "Yo me encargo" }).count()).toBe(0);
  expect(thrown(rosa.faults)).toEqual([]);
});
