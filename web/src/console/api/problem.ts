// What went wrong with a request, as one kind of error that a page can tell apart by its code and show as a sentence.

/** What the server tells apart; each has its sentence in text/. */
const CODES = [
  "signed_out",
  "second_factor",
  "second_factor_wanted",
  "forbidden",
  "csrf",
  "stale",
  "taken",
  "gone",
  "closed",
  "too_many",
  "wrong_password",
  "wrong_code",
  "email_taken",
  "last_admin",
  "yourself",
  "factor_there",
  "factor_missing",
  "weak_short",
  "weak_long",
  "weak_yours",
  "weak_common",
  "no_email",
  "no_name",
  "no_language",
  "no_role",
  "no_department",
  "not_for_systems",
  "no_reason",
  "nothing_said",
  "too_long",
  "not_reachable",
  "call_them",
  "nobody",
  "no_flow",
  "call_past",
  "call_far",
  "call_number",
  "call_nowhere",
  "call_again",
  "no_call",
  "not_asked",
  "at_desk",
  "on_call",
  "no_why",
  "nobody_attends",
  "needs_approval",
  "decided",
  "no_skill",
  "shortcut_taken",
  "reply_shortcut",
  "reply_title",
  "reply_text",
  "no_provider",
  "provider_down",
  "provider_refused",
  "attempt_gone",
  "unknown_identity",
  "identity_taken",
  "last_way_in",
  "no_files",
  "file_empty",
  "file_kind",
  "file_disguised",
  "file_too_large",
  "no_file",
  "file_description",
  "no_template",
  "template_values",
  "no_category",
  "no_place",
  "place_outside",
  "report_too_long",
  "no_photo",
  "no_detail",
  "no_report",
  "not_askable",
  "block_reason",
  "in_danger",
  "block_days",
  "no_line",
  "no_intent",
  "teach_note",
  "not_allowed",
  "needs_public_text",
  "needs_evidence",
  "needs_date",
  "needs_authority",
  "needs_department",
  "needs_reason",
  "needs_said",
  "needs_parent",
  "report_words_long",
  "empty_words",
  "no_such_reason",
  "date_past",
  "date_far",
  "authority_phone",
  "no_evidence",
  "not_theirs",
  "report_closed",
  "report_added",
  "not_added",
  "no_parent",
  "parent_added",
  "parent_closed",
  "has_added",
  "private_apart",
  "no_incident",
  "not_a_picture",
  "damaged_picture",
  "huge_picture",
  "route_length",
  "too_many_rows",
  "request_decided",
  "person_attended",
  "not_an_erasure",
  "is_an_erasure",
  "no_words",
  "words_long",
  "note_long",
] as const;

/** `unreachable`: no answer came, there is no network or the server is down. */
export type Code = (typeof CODES)[number] | "unreachable" | "other";

export class Problem extends Error {
  readonly status: number;
  readonly code: Code;
  /** The server's sentence, in English: for what has no code. */
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

/** A refusal that came back in an address: `?refused=unknown_identity`. */
export function problemOf(word: string): Problem {
  return new Problem(0, CODES.find((known) => known === word) ?? "other");
}

/** Reads application/problem+json; a proxy's page of HTML counts as no body. */
export function problemFrom(status: number, body: unknown): Problem {
  const said = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const code = CODES.find((known) => known === said.code) ?? byStatus(status);
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
