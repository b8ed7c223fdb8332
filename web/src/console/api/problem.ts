// What went wrong with a request, as one kind of error that a page can tell apart by its code and show as a sentence.

export type Code =
  | "signed_out"
  | "second_factor"
  | "second_factor_wanted"
  | "forbidden"
  | "csrf"
  | "stale"
  | "taken"
  | "gone"
  | "too_many"
  /** No answer came: no network, or the server is down. */
  | "unreachable"
  | "other";

export class Problem extends Error {
  readonly status: number;
  readonly code: Code;
  /** The server's sentence; null where it gave none. */
  readonly detail: string | null;
  /** With `taken`: who attends. */
  readonly holder: string | null;

  constructor(
    status: number,
    code: Code,
    { detail = null, holder = null }: { detail?: string | null; holder?: string | null } = {},
  ) {
    super(detail ?? `${status} ${code}`);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.holder = holder;
  }
}

const CODES: readonly string[] = [
  "signed_out",
  "second_factor",
  "second_factor_wanted",
  "forbidden",
  "csrf",
  "stale",
  "taken",
  "gone",
  "too_many",
];

/** Reads application/problem+json; a proxy's page of HTML counts as no body. */
export function problemFrom(status: number, body: unknown): Problem {
  const said = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const code =
    typeof said.code === "string" && CODES.includes(said.code) ? (said.code as Code) : byStatus(status);
  return new Problem(status, code, { detail: sentence(said.detail), holder: sentence(said.holder) });
}

/** Where the server names no code, the status tells enough. */
function byStatus(status: number): Code {
  if (status === 401) return "signed_out";
  if (status === 403) return "forbidden";
  if (status === 404 || status === 410) return "gone";
  if (status === 429) return "too_many";
  if (status === 502 || status === 503 || status === 504) return "unreachable";
  return "other";
}

function sentence(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

export function codeOf(error: unknown): Code {
  return error instanceof Problem ? error.code : "other";
}
