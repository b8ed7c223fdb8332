// People of the town and citizens, as the measurements of the desk need them.

import { post, webhook } from "./server.mjs";

const PASSWORD = "tres ceibas azules";

/** Somebody who is signed in. */
export class Member {
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
export const write = (url, n, text) =>
  post(
    url,
    webhook([{ from: phone(n), name: `${n}`, id: `wamid.${String(message++).padStart(60, "0")}`, text }]),
  );

/** So many at once. */
export async function each(count, atOnce, work) {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

export async function queue(member, count) {
  const chats = [];
  for (let cursor = "0"; cursor !== null && chats.length < count; ) {
    const page = await member.ask("GET", `/desk/chats?queue=unanswered&limit=200&cursor=${cursor}`);
    chats.push(...page.chats);
    cursor = page.next;
  }
  return chats;
}

const percentile = (values, p) => values[Math.max(0, Math.ceil((values.length * p) / 100) - 1)] ?? null;
export const figures = (values) => {
  values.sort((a, b) => a - b);
  const round = (p) => Number(percentile(values, p)?.toFixed(1));
  return { n: values.length, p50_ms: round(50), p90_ms: round(90), p99_ms: round(99), max_ms: round(100) };
};
