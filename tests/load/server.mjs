// A demo server of its own for a measurement: on throw-away data, and gone when it is done.

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

/** Runs `measure(server)` beside a new server: its `url`, and the lines that it said at its start. */
export async function beside(program, settings, measure) {
  const folder = await mkdtemp(join(tmpdir(), "ventanilla-bench-"));
  const running = await serve(program, folder, settings);
  const ended = once(running.server, "exit");
  try {
    await ready(running.url);
    return await measure(running);
  } finally {
    running.server.kill();
    await ended;
    await rm(folder, { recursive: true });
  }
}

async function serve(program, folder, settings) {
  const server = spawn(
    program,
    ["serve", "--demo", "--listen", "127.0.0.1:0", "--data", join(folder, "data")],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, VENTANILLA_LOG__LEVEL: "error", ...settings },
    },
  );
  const said = [];
  for await (const line of createInterface(server.stdout)) {
    said.push(line);
    // Its last line.
    if (line.includes("data:")) {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said.join("\n"))[0];
      return { server, url, said: said.join("\n") };
    }
  }
  throw new Error("the server ended: its last words are above");
}

async function ready(url) {
  while (!(await fetch(`${url}/readyz`).catch(() => ({ ok: false }))).ok) await sleep(50);
}

/** A webhook of Meta with these messages, {from, id, text} and perhaps a name, to the number of the demo. */
export function webhook(messages) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "529810000100", phone_number_id: "106540352242922" },
    contacts: messages.map(({ from, name = "Lupe" }) => ({ profile: { name }, wa_id: from })),
    messages: messages.map(({ from, id, text }) => ({
      from,
      id,
      timestamp,
      type: "text",
      text: { body: text },
    })),
  };
  const entry = [{ id: "102290129340398", changes: [{ field: "messages", value }] }];
  return JSON.stringify({ object: "whatsapp_business_account", entry });
}

/** Posts it as Meta does. Everything but a 200 is an error. */
export async function post(url, body) {
  const signature = createHmac("sha256", "demo-app-secret").update(body).digest("hex");
  const headers = { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` };
  const answer = await fetch(`${url}/webhooks/whatsapp`, { method: "POST", headers, body });
  const said = await answer.text();
  if (answer.status !== 200) throw new Error(`the webhook was answered ${answer.status} ${said}`);
}
