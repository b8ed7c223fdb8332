// The simulated Meta in a process of its own, and a server that hears its webhooks.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";

/** Milliseconds after which something that should happen does not. */
const PATIENCE = 20_000;

export class Town {
  /** Webhooks that nobody took yet, and those who wait for one. */
  #heard = [];
  #waiting = [];

  static async start() {
    const town = new Town();
    town.server = createServer((request, response) => town.#hear(request, response));
    await once(town.server.listen(0, "127.0.0.1"), "listening");
    const webhooks = `http://127.0.0.1:${town.server.address().port}`;
    town.process = spawn(process.env.VENTANILLA_CLIENTS, [webhooks], { stdio: ["pipe", "pipe", "inherit"] });
    const [line] = await once(createInterface(town.process.stdout), "line");
    town.facts = JSON.parse(line);
    return town;
  }

  async stop() {
    this.process.stdin.end();
    await once(this.process, "exit");
    this.server.closeAllConnections();
    this.server.close();
  }

  async #hear(request, response) {
    const chunks = await request.toArray();
    response.end();
    const webhook = { headers: request.headers, body: Buffer.concat(chunks).toString() };
    const waits = this.#waiting.shift();
    if (waits) waits(webhook);
    else this.#heard.push(webhook);
  }

  /** The next webhook: `headers` and `body`. */
  next() {
    if (this.#heard.length > 0) return Promise.resolve(this.#heard.shift());
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("no webhook came")), PATIENCE);
      this.#waiting.push((webhook) => {
        clearTimeout(late);
        resolve(webhook);
      });
    });
  }

  /** Acts as a person, through the simulator's own page. */
  async simulate(method, path, body) {
    const options = { method, body: body && JSON.stringify(body) };
    const answer = await fetch(`${this.facts.url}/simulator/api/${path}`, options);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** `fetch` that leads requests for graph.facebook.com to the simulated Meta, and no other anywhere but there. */
  get fetch() {
    return (url, options) => {
      const place = new URL(url);
      if (place.host === "graph.facebook.com")
        return fetch(this.facts.graph + place.pathname + place.search, options);
      if (place.origin !== this.facts.url) throw new Error(`${place.host} is not the simulated Meta`);
      return fetch(place, options);
    };
  }
}
