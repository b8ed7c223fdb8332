// One request to the simulator. What it refuses comes back as a sentence that a person can read.

const GIVE_UP_MS = 15_000;

/** The simulator said no; the message is its own sentence where it gave one. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, sentence: string | null) {
    super(sentence ?? `the simulator answered ${status}`);
    this.status = status;
  }
}

/** Posts (or puts) a body; JSON unless it is a blob. Answers with what came back, or nothing. */
export async function send(method: string, url: string, body?: unknown): Promise<unknown> {
  const blob =
    body instanceof Blob ? body : new Blob([JSON.stringify(body ?? {})], { type: "application/json" });
  const headers = { "content-type": blob.type };
  const response = await fetch(url, { method, body: blob, headers, signal: AbortSignal.timeout(GIVE_UP_MS) });
  return answer(response);
}

/** `null`: there is no such thing here. */
export async function get(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(GIVE_UP_MS) });
  return response.status === 404 ? null : answer(response);
}

async function answer(response: Response): Promise<unknown> {
  const text = await response.text();
  const json = parsed(text);
  if (response.ok) return json;
  const sentence = (json as { error?: unknown } | null)?.error;
  throw new Refused(response.status, typeof sentence === "string" ? sentence : null);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
