// What the town sends, read leniently: a newer server may send kinds that this page has never heard of, and their
// text is still worth reading. The wire is `{id, message: {type, text, …}}`, see adapters/src/outbound.rs.

export interface Choice {
  /** Goes back as it came: labels may be cut and equal, payloads are not. */
  payload: string;
  label: string;
  description: string;
}

export interface Attachment {
  /** `link`: an https address. `file`: an id of the server's media store. */
  at: "link" | "file";
  value: string;
  mime: string;
  filename: string;
  /** What it shows, in words. */
  described: string;
}

export interface TownMessage {
  id: string;
  /** Unix milliseconds, 0 where unknown. */
  at: number;
  text: string;
  choices: Choice[];
  /** Label of the button that opens the choices; `null` when they are all to be seen. */
  list: string | null;
  asks: "location" | "contact" | null;
  link: { label: string; url: string } | null;
  attachment: Attachment | null;
}

type Fields = Record<string, unknown>;

/** One item of the mailbox; `null` when it has no id, and so no place in the conversation. */
export function readMessage(item: unknown): TownMessage | null {
  const { id, message } = fields(item);
  if (typeof id !== "string" || !id) return null;
  const said = fields(message);
  const kind = said.type;
  return {
    id,
    at: timeOf(id),
    text: text(said.text),
    choices: choices(kind === "list" ? said.rows : said.buttons),
    list: kind === "list" ? text(said.open) : null,
    asks: kind === "location_request" ? "location" : kind === "contact_request" ? "contact" : null,
    link: link(said.link),
    attachment: attachment(said.attachment),
  };
}

/** A reaction, for one, has nothing that a page could show. */
export function isBlank(message: TownMessage): boolean {
  return !message.text.trim() && !message.choices.length && !message.link && !message.attachment;
}

/** Ids are UUIDs of version 7: their first 48 bits are Unix milliseconds. */
export function timeOf(id: string): number {
  const digits = id.replace(/-/g, "");
  return /^[0-9a-f]{12}7[0-9a-f]{19}$/i.test(digits) ? Number.parseInt(digits.slice(0, 12), 16) : 0;
}

/** An address that may be opened: https only, so that no script and no file hides behind a label. */
export function safeUrl(url: string): string | null {
  return /^https:\/\/[^\s/]/i.test(url) ? url : null;
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function choices(value: unknown): Choice[] {
  if (!Array.isArray(value)) return [];
  return value.map(fields).flatMap((choice) => {
    const payload = text(choice.payload);
    const label = text(choice.label);
    return payload && label ? [{ payload, label, description: text(choice.description) }] : [];
  });
}

function link(value: unknown): TownMessage["link"] {
  const { label, url } = fields(value);
  const safe = safeUrl(text(url));
  return safe ? { label: text(label) || safe, url: safe } : null;
}

function attachment(value: unknown): Attachment | null {
  const file = fields(value);
  const source = fields(file.source);
  const place = text(source.value);
  const about = { mime: text(file.mime), filename: text(file.filename), described: text(file.described) };
  if (source.at === "link" && safeUrl(place)) return { at: "link", value: place, ...about };
  if (source.at === "file" && /^[\w-]+$/.test(place)) return { at: "file", value: place, ...about };
  return null;
}
