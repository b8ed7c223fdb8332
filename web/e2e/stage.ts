// What the stories of the chat play on: the real server, a real browser, and a page of another origin.
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { openBrowser } from "./browser";
import { type Server, startServer } from "./server";
import { openTownSite, type TownSite } from "./townsite";
import { type Visit, visitSite } from "./visitor";

export interface Stage {
  readonly server: Server;
  /** The only page that the server's settings name. */
  readonly site: TownSite;
  /** A new visitor of that page. */
  come: (viewport?: { width: number; height: number }) => Promise<Visit>;
  /** A new visitor of any page. */
  visit: (url: string) => Promise<Visit>;
}

/** Sets the stage before the tests of a file, and clears it after them. */
export function stage(): Stage {
  let server: Server;
  let browser: Browser;
  let site: TownSite;
  let now: Visit | null = null;

  beforeAll(async () => {
    site = await openTownSite();
    server = await startServer({ VENTANILLA_WEBCHAT__ORIGINS: `["${site.origin}"]` });
    browser = await openBrowser();
  });
  beforeEach(() => {
    site.script = { src: `${server.url}/widget.js`, attributes: 'data-title="Ayuntamiento de Puerto Ceiba"' };
  });
  afterEach(async () => {
    await now?.context.close();
    now = null;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    site?.stop();
  });

  const visit = async (url: string, viewport?: { width: number; height: number }) => {
    now = await visitSite(browser, url, viewport);
    return now;
  };
  return {
    get server() {
      return server;
    },
    get site() {
      return site;
    },
    come: (viewport) => visit(site.origin, viewport),
    visit,
  };
}
