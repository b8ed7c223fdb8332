// What an agent waits for while 2,000 chats are open: each thing that their page asks the server when they press a key,
// one after the other, on a server that has nothing else to do.

import { setTimeout as sleep } from "node:timers/promises";
import { each, figures, Member, queue, write } from "./crowd.mjs";
import { beside } from "./server.mjs";

const [program, open = "2000", times = "200"] = process.argv.slice(2);
const OPEN = Number(open);
const TIMES = Number(times);

async function measure({ url, said: lines }) {
  const agent = await Member.welcomed(url, /http\S+#\S+/.exec(lines)[0]);
  await each(OPEN, 16, (n) => write(url, n, "quiero hablar con una persona"));
  while ((await agent.ask("GET", "/desk/chats?limit=1")).counts.unanswered < OPEN) await sleep(200);
  const took = {};
  const timed = async (name, work) => {
    const begun = performance.now();
    const answer = await work();
    took[name] ??= [];
    took[name].push(performance.now() - begun);
    return answer;
  };
  const chats = await queue(agent, OPEN);
  for (let n = 0; n < TIMES; n++) {
    const { id, version } = chats[Math.floor((n * chats.length) / TIMES)];
    await timed("queue", () => agent.ask("GET", "/desk/chats?queue=unanswered"));
    await timed("open", () => agent.ask("GET", `/desk/chats/${id}`));
    const chat = await timed("claim", () => agent.ask("POST", `/desk/chats/${id}/claim`, { version }));
    await timed("note", () => agent.ask("POST", `/desk/chats/${id}/notes`, { text: "Revisado" }));
    await timed("reply", () =>
      agent.ask("POST", `/desk/chats/${id}/messages`, {
        version: chat.version,
        text: "Buenos días, ¿en qué te ayudo?",
      }),
    );
  }
  const all = Object.entries(took).map(([name, values]) => [name, figures(values)]);
  return { chats_open: OPEN, ...Object.fromEntries(all) };
}

const measured = await beside(program, { VENTANILLA_STAFF__SECOND_FACTOR: "optional" }, measure);
process.stdout.write(`${JSON.stringify(measured)}\n`);
process.exit(0);
