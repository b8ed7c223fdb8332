// The real server, in its demo, with a data folder of its own that is thrown away.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const BINARY =
  process.env.VENTANILLA_BIN ?? fileURLToPath(new URL("../../target/debug/ventanilla", import.meta.url));

/** As the demo makes it. */
export const FIRST = {
  name: "Ana Demo",
  email: "ana@demo.example",
  roles: [
    "agent",
    "supervisor",
    "department",
    "editor",
    "publisher",
    "trainer",
    "auditor",
    "privacy",
    "admin",
  ],
};
const LINK = /http\S+\/console\/welcome#\S+/;

const READY_WITHIN_MS = 90_000;
const STOPPED_WITHIN_MS = 10_000;
const KEPT_OUTPUT = 4000;

export interface Server {
  url: string;
  /** Ends it as a power cut would. */
  crash: () => Promise<void>;
  /** Starts it after a crash, with the same address and data. */
  revive: () => Promise<void>;
  /** The link of the first account, which has every role. */
  firstLink: () => Promise<string>;
  stop: () => Promise<void>;
}

/** `settings` are `VENTANILLA_*` variables that differ from the demo's. */
export async function startServer(settings: Record<string, string> = {}): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), "ventanilla-e2e-"));
  const address = `127.0.0.1:${await freePort()}`;
  // By words alone: nothing told here needs the encoder, and a debug build trains with it for minutes.
  const weights = { VENTANILLA_UNDERSTANDING__WEIGHTS: join(data, "no-weights") };
  const env = { ...process.env, ...weights, ...settings };
  const run = () => serve(address, data, env);
  let child = await run();
  return {
    url: `http://${address}`,
    crash: () => end(child.process, "SIGKILL"),
    revive: async () => {
      child = await run();
    },
    firstLink: async () => child.said().match(LINK)?.[0] ?? addFirst(`http://${address}`, data, env),
    stop: async () => {
      await end(child.process, "SIGTERM");
      await rm(data, { recursive: true, force: true });
    },
  };
}

interface Running {
  process: ChildProcess;
  said: () => string;
}

async function serve(address: string, data: string, env: NodeJS.ProcessEnv): Promise<Running> {
  const child = spawn(BINARY, ["serve", "--demo", "--listen", address, "--data", data], { env });
  const said = listen(child);
  try {
    await ready(`http://${address}/readyz`, child);
  } catch (cause) {
    await end(child, "SIGKILL");
    await rm(data, { recursive: true, force: true });
    throw new Error(`${BINARY} did not get ready; it said:\n${said()}`, { cause });
  }
  return { process: child, said };
}

/** Who made it is told by the demo; another server is asked for it on its machine. */
async function addFirst(url: string, data: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { name, email, roles } = FIRST;
  const who = ["--name", name, "--email", email, ...roles.flatMap((role) => ["--role", role])];
  const { stdout } = await promisify(execFile)(BINARY, ["staff", "--data", data, "add", ...who], { env });
  // The command knows the address of the settings, not the one that this server was given.
  return `${url}/console/welcome${/#\S+/.exec(stdout)?.[0]}`;
}

export async function freePort(): Promise<number> {
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

async function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.kill(signal);
  const late = setTimeout(() => child.kill("SIGKILL"), STOPPED_WITHIN_MS);
  await ended;
  clearTimeout(late);
}
