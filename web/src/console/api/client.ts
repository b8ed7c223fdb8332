// The one way to the server: same-origin cookie, the csrf token on what changes something, and problems thrown.
import createClient, { type Middleware } from "openapi-fetch";
import { Problem, problemFrom } from "./problem";
import type { paths, Whole } from "./types";

let csrf = "";

/** The token of the session; it comes with Me and with a half-open session. */
export function setToken(token: string): void {
  csrf = token;
}

/** For requests that fetch cannot make. */
export function token(): string {
  return csrf;
}

/** What an answer says about the session, whichever request it belongs to. */
export type SessionNews = "signed_out" | "second_factor_wanted" | "csrf";

let whenNews: (news: SessionNews) => void = () => {};

export function onSessionNews(listener: (news: SessionNews) => void): void {
  whenNews = listener;
}

/** By the code only: a 401 without it may be a wrong password in a form. */
function newsIn(body: unknown): SessionNews | null {
  const code = (body as { code?: unknown } | null)?.code;
  return code === "signed_out" || code === "second_factor_wanted" || code === "csrf" ? code : null;
}

const READS = ["GET", "HEAD"];

const manners: Middleware = {
  onRequest({ request }) {
    if (!READS.includes(request.method) && csrf) request.headers.set("x-csrf-token", csrf);
    return request;
  },
  async onResponse({ response, schemaPath }) {
    if (response.ok) return;
    const body: unknown = await response.json().catch(() => null);
    const news = newsIn(body);
    // At the door nobody is signed in yet.
    if (news && !schemaPath.startsWith("/api/v1/session")) whenNews(news);
    throw problemFrom(response.status, body);
  },
  onError({ error }) {
    return error instanceof Problem ? error : new Problem(0, "unreachable");
  },
};

export const api = createClient<paths>({
  baseUrl: "/",
  credentials: "same-origin",
  // Looked up at each call, so that tests may put their own.
  fetch: (request) => globalThis.fetch(request),
});
api.use(manners);

/** What the server answered; throws a Problem when it refused. */
export async function answer<T>(request: Promise<{ data?: T }>): Promise<Whole<T>> {
  const { data } = await request;
  return data as Whole<T>;
}
