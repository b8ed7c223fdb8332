// The desk under load: 500 agents with their pages open, each of whom attends one citizen, and 200 messages a second of
// these citizens. Measured is the time from a message on its way to us until the event that tells its agent, and what the
// agent's page then takes to fetch the chat.

import { setTimeout as sleep } from "node:timers/promises";
import { beside, post, webhook } from "./server.mjs";

const [program, seconds = "60", agents = "500", rate = "200"] = process.argv.slice(2);
const AGENTS = Number(agents);
const RATE = Number(rate);
const PASSWORD = "tres ceibas azules";

/** Somebody who is signed in. */
class Member {
  constructor(url, cookie, csrf) {
    Object.assign(this, { url, headers: { cookie, "x-csrf-token": csrf } });
  }

  /** Opens a link that makes an account. */
  static async welcomed(url, link) {
    const token = link.split("#")[1];
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ password: PASSWORD });
    const answer = await fetch(`${url}/api/v1/invitations/${token}`, { method: "POST", headers, body });
    const { me } = await said(answer);
    return new Member(url, answer.headers.get("set-cookie").split(";")[0], me.csrf);
  }

  async ask(method, path, body) {
    const headers = { ...this.headers, "content-type": "application/json" };
    return said(
      await fetch(`${this.url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) }),
    );
  }

  /** Calls `hears(name, data)` for each event, until the server ends. */
  async listen(hears) {
    const answer = await fetch(`${this.url}/api/v1/desk/events`, { headers: this.headers });
    let held = "";
    for await (const bytes of answer.body.pipeThrough(new TextDecoderStream())) {
      const events = (held + bytes).split("\n\n");
      held = events.pop();
      for (const event of events) {
        const [, name, data] = /^event: (\w+)\ndata: (.*)$/m.exec(event) ?? [];
        if (name) hears(name, JSON.parse(data));
      }
    }
  }
}

async function said(answer) {
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url} was answered ${answer.status} ${body}`);
  return body === "" ? null : JSON.parse(body);
}

const phone = (n) => `52198122${String(n).padStart(5, "0")}`;
let message = 0;
const write = (url, n, text) =>
  post(
    url,
    webhook([{ from: phone(n), name: `${n}`, id: `wamid.${String(message++).padStart(60, "0")}`, text }]),
  );

/** So many at once. */
async function each(count, atOnce, work) {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function hire(url, admin) {
  const staff = [];
  await each(AGENTS, 4, async (n) => {
    const newcomer = { name: `Agente ${n}`, email: `a${n}@puertoceiba.example`, roles: ["agent"], departments: [] };
    const { link } = await admin.ask("POST", "/staff/invitations", newcomer);
    staff[n] = await Member.welcomed(url, link);
  });
  return staff;
}

async function queue(member, count) {
  const chats = [];
  for (let cursor = "0"; cursor !== null && chats.length < count; ) {
    const page = await member.ask("GET", `/desk/chats?queue=unanswered&limit=200&cursor=${cursor}`);
    chats.push(...page.chats);
    cursor = page.next;
  }
  return chats;
}

/** Everybody asks for a person, and every agent takes one of them: gives the chat of each agent, and whose it is. */
async function attended(url, staff) {
  await each(AGENTS, 16, (n) => write(url, n, "quiero hablar con una persona"));
  while ((await staff[0].ask("GET", "/desk/chats?limit=1")).counts.unanswered < AGENTS) await sleep(200);
  const chats = (await queue(staff[0], AGENTS)).map((row) => ({ ...row, citizen: Number(row.person_name) }));
  await each(AGENTS, 8, (n) =>
    staff[n].ask("POST", `/desk/chats/${chats[n].id}/claim`, { version: chats[n].version }),
  );
  return chats;
}

const percentile = (values, p) => values[Math.max(0, Math.ceil((values.length * p) / 100) - 1)] ?? null;
const figures = (values) => {
  values.sort((a, b) => a - b);
  const round = (p) => Number(percentile(values, p)?.toFixed(1));
  return { n: values.length, p50_ms: round(50), p90_ms: round(90), p99_ms: round(99), max_ms: round(100) };
};

async function measure({ url, said: lines }) {
  const admin = await Member.welcomed(url, /http\S+#\S+/.exec(lines)[0]);
  const staff = await hire(url, admin);
  const chats = await attended(url, staff);
  const sent = new Map();
  const told = [];
  const fetched = [];
  staff.forEach((member, n) => {
    const hears = async (name, { id }) => {
      const at = name === "chat" && id === chats[n].id ? sent.get(n) : undefined;
      if (at === undefined) return;
      sent.delete(n);
      told.push(performance.now() - at);
      const asked = performance.now();
      await member.ask("GET", `/desk/chats/${id}`);
      fetched.push(performance.now() - asked);
    };
    member.listen(hears).catch(() => {});
  });
  // As their pages do: who looks at a chat says so every 20 seconds.
  const look = () =>
    each(AGENTS, 4, (n) => staff[n].ask("POST", `/desk/chats/${chats[n].id}/presence`, { typing: false }));
  await look();
  const looking = setInterval(look, 20_000);
  const begun = performance.now();
  const waiting = [];
  for (let n = 0; performance.now() - begun < Number(seconds) * 1000; n++) {
    const agent = n % AGENTS;
    if (!sent.has(agent)) sent.set(agent, performance.now());
    waiting.push(write(url, chats[agent].citizen, `mensaje ${n}`));
    await sleep(Math.max(0, begun + ((n + 1) * 1000) / RATE - performance.now()));
  }
  clearInterval(looking);
  const took = (performance.now() - begun) / 1000;
  await Promise.all(waiting);
  await sleep(3000);
  return {
    agents: AGENTS,
    messages: waiting.length,
    per_second: Number((waiting.length / took).toFixed(1)),
    event: figures(told),
    chat_fetched: figures(fetched),
    untold: sent.size,
  };
}

const measured = await beside(program, { VENTANILLA_STAFF__SECOND_FACTOR: "optional" }, measure);
process.stdout.write(`${JSON.stringify(measured)}\n`);
process.exit(0);
