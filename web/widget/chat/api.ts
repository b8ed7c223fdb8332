// The calls to the server's /webchat. The token travels in a header, never in an address. Failures say what may be done.

export type FailureKind =
  /** No answer: no connection, or the server is away. */
  | "offline"
  /** Come again later. */
  | "busy"
  /** The token is not good, or not good any more. */
  | "token"
  /** This page may not use the chat: `webchat.origins`. */
  | "blocked"
  /** This will never be taken as it is. */
  | "refused";

export class ApiFailure extends Error {
  readonly kind: FailureKind;
  /** Milliseconds that the server asks to wait, else 0. */
  readonly waitMs: number;

  constructor(kind: FailureKind, detail = "", waitMs = 0) {
    super(detail);
    this.kind = kind;
    this.waitMs = waitMs;
  }
}

/** Slow lines are slow: a message may take this long. */
const PATIENCE_MS = 30_000;
const UPLOAD_PATIENCE_MS = 180_000;

export class Api {
  private readonly base: string;
  private readonly token: () => string | null;

  /** `base` is the server's origin. */
  constructor(base: string, token: () => string | null) {
    this.base = base;
    this.token = token;
  }

  async openSession(): Promise<string> {
    const { token } = await this.json("/webchat/session", { method: "POST" });
    if (typeof token !== "string") throw new ApiFailure("busy");
    return token;
  }

  async post(message: Record<string, unknown>): Promise<void> {
    const headers = { "Content-Type": "application/json" };
    await this.json("/webchat/messages", { method: "POST", body: JSON.stringify(message), headers });
  }

  /** What the town said after the message with that id: at most 100, the oldest first. */
  async mailbox(after: string): Promise<unknown[]> {
    const query = after ? `?after=${encodeURIComponent(after)}` : "";
    const { messages } = await this.json(`/webchat/messages${query}`, {});
    return Array.isArray(messages) ? messages : [];
  }

  /** The events, as they come; `null` where the browser cannot read a body piece by piece. */
  async events(signal: AbortSignal): Promise<ReadableStream<Uint8Array> | null> {
    const headers = { Accept: "text/event-stream" };
    return (await this.call("/webchat/events", { headers, signal })).body ?? null;
  }

  async file(id: string): Promise<Blob> {
    return timed(UPLOAD_PATIENCE_MS, async (signal) => {
      const answer = await this.call(`/webchat/media/${encodeURIComponent(id)}`, {
        signal,
        cache: "default",
      });
      return answer.blob();
    });
  }

  /** Gives the photo's id. Not `fetch`, which cannot tell how much is there already. */
  upload(photo: Blob, progress: (share: number) => void): Promise<string> {
    return new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.open("POST", `${this.base}/webchat/media`);
      request.timeout = UPLOAD_PATIENCE_MS;
      request.setRequestHeader("Authorization", `Bearer ${this.token() ?? ""}`);
      request.setRequestHeader("Content-Type", photo.type);
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) progress(event.loaded / event.total);
      };
      request.onerror = request.ontimeout = () => fail(new ApiFailure("offline"));
      request.onload = () => {
        const failure = failureOf(
          request.status,
          request.responseText,
          request.getResponseHeader("Retry-After"),
        );
        const media = parsed(request.responseText).media;
        if (failure) fail(failure);
        else if (typeof media === "string") done(media);
        else fail(new ApiFailure("busy"));
      };
      request.send(photo);
    });
  }

  private json(path: string, init: RequestInit): Promise<Record<string, unknown>> {
    return timed(PATIENCE_MS, async (signal) => {
      const answer = await this.call(path, { ...init, signal });
      return parsed(await answer.text());
    });
  }

  private async call(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const token = this.token();
    if (token) headers.set("Authorization", `Bearer ${token}`);
    const options: RequestInit = { cache: "no-store", credentials: "omit", ...init, headers };
    let answer: Response;
    try {
      answer = await fetch(this.base + path, options);
    } catch {
      throw new ApiFailure("offline");
    }
    if (answer.ok) return answer;
    const words = await answer.text().catch(() => "");
    throw failureOf(answer.status, words, answer.headers.get("Retry-After")) ?? new ApiFailure("busy");
  }
}

/** Breaks off what takes too long: a connection that hangs must not hold up all that waits behind it. */
async function timed<T>(ms: number, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), ms);
  try {
    return await act(aborter.signal);
  } catch (error) {
    // Also a connection that broke while the body was read.
    throw error instanceof ApiFailure ? error : new ApiFailure("offline");
  } finally {
    clearTimeout(timer);
  }
}

export function failureOf(status: number, body: string, retryAfter: string | null): ApiFailure | null {
  if (status >= 200 && status < 300) return null;
  if (status === 401) return new ApiFailure("token");
  if (status === 403) return new ApiFailure("blocked", String(parsed(body).detail ?? ""));
  const later = status >= 500 || status === 0 || status === 408 || status === 425 || status === 429;
  const seconds = Number(retryAfter);
  const waitMs = seconds > 0 ? Math.min(seconds, 300) * 1000 : 0;
  return later ? new ApiFailure("busy", "", waitMs) : new ApiFailure("refused", body);
}

function parsed(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
