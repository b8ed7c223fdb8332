// WhatsApp's formatting as values: *bold*, _italic_, ~strike~, `code`, ```block```, lists, quotes, links.
// Rules as in WhatsApp's help pages "How to format your messages". Pure: text in, blocks out; Formatted.tsx draws them.

export type Span =
  | string
  | { kind: "bold" | "italic" | "strike"; spans: Span[] }
  | { kind: "code" | "link"; text: string };

export type Block =
  | { kind: "lines" | "quote"; spans: Span[] }
  | { kind: "bullets"; items: Span[][] }
  | { kind: "numbers"; start: number; items: Span[][] }
  | { kind: "code"; text: string };

export function parse(text: string): Block[] {
  // Odd parts stand between ``` fences.
  const parts = text.replaceAll("\r\n", "\n").split(/```([^`]+)```/);
  return parts.flatMap((part, index): Block[] => {
    if (index % 2 === 1) return [{ kind: "code", text: part }];
    return part.trim() ? parseLines(part.replace(/^\n+|\n+$/g, "")) : [];
  });
}

type Line =
  | { kind: "lines" | "quote" | "bullets"; text: string }
  | { kind: "numbers"; text: string; number: number };

function lineOf(line: string): Line {
  const bullet = /^[-*] +(.+)$/.exec(line);
  if (bullet?.[1]) return { kind: "bullets", text: bullet[1] };
  const numbered = /^(\d{1,3})\. +(.+)$/.exec(line);
  if (numbered?.[2]) return { kind: "numbers", text: numbered[2], number: Number(numbered[1]) };
  const quote = /^> ?(.+)$/.exec(line);
  return quote?.[1] ? { kind: "quote", text: quote[1] } : { kind: "lines", text: line };
}

function parseLines(text: string): Block[] {
  const groups: Line[][] = [];
  for (const line of text.split("\n").map(lineOf)) {
    const group = groups.at(-1);
    if (group?.[0]?.kind === line.kind) group.push(line);
    else groups.push([line]);
  }
  return groups.flatMap(blockOf);
}

function blockOf(group: Line[]): Block[] {
  const [first] = group;
  if (!first) return [];
  if (first.kind === "bullets")
    return [{ kind: "bullets", items: group.map((line) => parseSpans(line.text)) }];
  if (first.kind === "numbers") {
    return [{ kind: "numbers", start: first.number, items: group.map((line) => parseSpans(line.text)) }];
  }
  // Empty lines beside a list are the list's own space.
  const text = group
    .map((line) => line.text)
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
  return text ? [{ kind: first.kind, spans: parseSpans(text) }] : [];
}

const MARKS = { "*": "bold", _: "italic", "~": "strike" } as const;
const LINK = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]*_~]/y;
const CODE = /`([^`\n]+)`/y;

export function parseSpans(text: string): Span[] {
  const spans: Span[] = [];
  let plain = "";
  let at = 0;
  while (at < text.length) {
    const found = spanAt(text, at);
    if (found) {
      if (plain) spans.push(plain);
      plain = "";
      spans.push(found.span);
      at = found.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  return plain ? [...spans, plain] : spans;
}

function spanAt(text: string, at: number): { span: Span; end: number } | null {
  const code = stickyMatch(CODE, text, at);
  if (code?.[1]) return { span: { kind: "code", text: code[1] }, end: at + code[0].length };
  const link = stickyMatch(LINK, text, at);
  if (link) return { span: { kind: "link", text: link[0] }, end: at + link[0].length };
  const mark = text[at] as keyof typeof MARKS;
  const kind = MARKS[mark];
  if (!kind || isWord(text[at - 1])) return null;
  const close = closing(text, at, mark);
  if (close < 0) return null;
  return { span: { kind, spans: parseSpans(text.slice(at + 1, close)) }, end: close + 1 };
}

function stickyMatch(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Where the mark is closed on the same line: next to its words inside, away from words outside. */
function closing(text: string, open: number, mark: string): number {
  for (let at = open + 1; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] !== mark) continue;
    const inside = text.slice(open + 1, at);
    if (inside && inside.trim() === inside && !isWord(text[at + 1])) return at;
  }
  return -1;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
