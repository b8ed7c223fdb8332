// The real server, in its demo, with a data folder of its own that is thrown away.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const BINARY =
  process.env.VENTANILLA_BIN ?? fileURLToPath(new URL("../../target/debug/ventanilla", import.meta.url));

const READY_WITHIN_MS = 90_000;
const STOPPED_WITHIN_MS = 10_000;
const KEPT_OUTPUT = 4000;

export interface Server {
  url: string;
  stop: () => Promise<void>;
}

/** `settings` are `VENTANILLA_*` variables that differ from the demo's. */
export async function startServer(settings: Record<string, string> = {}): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), "ventanilla-e2e-"));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(BINARY, ["serve", "--demo", "--listen", address, "--data", data], {
    env: { ...process.env, ...settings },
  });
  const said = listen(child);
  const stop = async () => {
    await end(child);
    await rm(data, { recursive: true, force: true });
  };
  try {
    await ready(`http://${address}/readyz`, child);
  } catch (cause) {
    await stop();
    throw new Error(`${BINARY} did not get ready; it said:\n${said()}`, { cause });
  }
  return { url: `http://${address}`, stop };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

/** Its pipes have to be read, or it would stop when they are full. The end is kept for the error. */
function listen(child: ChildProcess): () => string {
  let output = "";
  const keep = (chunk: unknown) => {
    output = (output + String(chunk)).slice(-KEPT_OUTPUT);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  child.on("error", (error) => keep(error.message));
  return () => output;
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (hasEnded(child)) throw new Error("it ended at once");
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error(`${url} was never ready`);
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), STOPPED_WITHIN_MS);
  await ended;
  clearTimeout(late);
}
