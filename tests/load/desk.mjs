// The desk under load: 500 agents with their pages open, each of whom attends one citizen, and 200 messages a second of
// these citizens. Measured is the time from a message on its way to us until the event that tells its agent, and what the
// agent's page then takes to fetch the chat.

import { setTimeout as sleep } from "node:timers/promises";
import { each, figures, Member, queue, write } from "./crowd.mjs";
import { beside } from "./server.mjs";

const [program, seconds = "60", agents = "500", rate = "200"] = process.argv.slice(2);
const AGENTS = Number(agents);
const RATE = Number(rate);

async function hire(url, admin) {
  const staff = [];
  await each(AGENTS, 4, async (n) => {
    const newcomer = {
      name: `Agente ${n}`,
      email: `a${n}@puertoceiba.example`,
      roles: ["agent"],
      departments: [],
    };
    const { link } = await admin.ask("POST", "/staff/invitations", newcomer);
    staff[n] = await Member.welcomed(url, link);
  });
  return staff;
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
