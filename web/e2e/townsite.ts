// A page of a town, on a server of its own: another origin than the chat's, as in real life.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface TownSite {
  origin: string;
  /** What the page's one tag says; set before the page is opened. */
  script: { src: string; attributes: string };
  stop: () => void;
}

const page = ({ src, attributes }: TownSite["script"]) => `<!doctype html>
<html lang="es">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="icon" href="data:," />
    <title>Sitio del municipio</title>
  </head>
  <body>
    <main>
      <h1>Sitio del municipio</h1>
      <p>Aquí se lee lo que publica el ayuntamiento.</p>
      <p><a href="#ventanilla">Escríbenos</a></p>
    </main>
    <script src="${src}" ${attributes} async></script>
  </body>
</html>`;

/** A strict policy, so that the chat proves that it needs no more than docs/OPERATIONS.md says. */
function policy(chat: string): string {
  return `default-src 'none'; script-src ${chat}; connect-src ${chat}; img-src data: blob:; base-uri 'none'`;
}

export async function openTownSite(): Promise<TownSite> {
  const site: TownSite = { origin: "", script: { src: "", attributes: "" }, stop: () => server.close() };
  const server = createServer((_request, response) => {
    const headers = {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": policy(new URL(site.script.src).origin),
    };
    response.writeHead(200, headers).end(page(site.script));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  site.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
}
