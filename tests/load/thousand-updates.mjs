// The largest webhook that Meta posts, 1,000 messages in 3 MB, to a new server: seconds until its 200, which a server gives
// once everything is stored. Three servers, one after the other.

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const program = process.argv[2];

/** 1,000 people write 2,700 letters each, to the number of the demo. */
function webhook() {
  const text = { body: "Hay un bache en la esquina. ".repeat(97) };
  const timestamp = String(Math.floor(Date.now() / 1000));
  const people = Array.from({ length: 1000 }, (_, n) => `52198111${String(n).padStart(5, "0")}`);
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "529810000100", phone_number_id: "106540352242922" },
    contacts: people.map((wa_id) => ({ profile: { name: "Lupe" }, wa_id })),
    messages: people.map((from, n) => ({
      from,
      id: `wamid.${String(n).padStart(60, "0")}`,
      timestamp,
      type: "text",
      text,
    })),
  };
  const entry = [{ id: "102290129340398", changes: [{ field: "messages", value }] }];
  return JSON.stringify({ object: "whatsapp_business_account", entry });
}

/** A demo server on a data folder of its own, and its address. */
async function serve(folder) {
  const server = spawn(
    program,
    ["serve", "--demo", "--listen", "127.0.0.1:0", "--data", join(folder, "data")],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, VENTANILLA_LOG__LEVEL: "error" },
    },
  );
  for await (const line of createInterface(server.stdout)) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (url) return { server, url };
  }
  throw new Error("the server ended: its last words are above");
}

async function ready(url) {
  while (!(await fetch(`${url}/readyz`).catch(() => ({ ok: false }))).ok) await sleep(50);
}

/** Seconds from the first byte of the request to the answer. */
async function post(url, body) {
  const signature = createHmac("sha256", "demo-app-secret").update(body).digest("hex");
  const headers = { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` };
  const begun = performance.now();
  const answer = await fetch(`${url}/webhooks/whatsapp`, { method: "POST", headers, body });
  const seconds = (performance.now() - begun) / 1000;
  if (answer.status !== 200)
    throw new Error(`the webhook was answered ${answer.status} ${await answer.text()}`);
  return Number(seconds.toFixed(3));
}

async function measure() {
  const folder = await mkdtemp(join(tmpdir(), "ventanilla-bench-"));
  const { server, url } = await serve(folder);
  const ended = once(server, "exit");
  try {
    await ready(url);
    return await post(url, webhook());
  } finally {
    server.kill();
    await ended;
    await rm(folder, { recursive: true });
  }
}

const seconds = [];
for (let n = 0; n < 3; n++) seconds.push(await measure());
process.stdout.write(`${JSON.stringify({ updates: 1000, bytes: Buffer.byteLength(webhook()), seconds })}\n`);
