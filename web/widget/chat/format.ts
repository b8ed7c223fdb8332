// WhatsApp's *bold*, _italic_, ~strike~ and links, as values: text in, spans out. view/formatted.ts draws them with
// text nodes, so nothing in a message is ever read as HTML. Only https becomes a link.

export type Span = string | { mark: "b" | "i" | "s"; spans: Span[] } | { mark: "a"; url: string };

const MARKS: Record<string, "b" | "i" | "s" | undefined> = { "*": "b", _: "i", "~": "s" };
const LINK = /https:\/\/[^\s<>"]*[^\s<>".,;:!?)\]*_~]/y;

export function spans(text: string): Span[] {
  const found: Span[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const next = linkAt(text, at) ?? markedAt(text, at);
    if (!next) {
      plain += text.charAt(at);
      at += 1;
      continue;
    }
    if (plain) found.push(plain);
    plain = "";
    found.push(next.span);
    at = next.end;
  }
  return plain ? [...found, plain] : found;
}

interface Found {
  span: Span;
  end: number;
}

function linkAt(text: string, at: number): Found | null {
  LINK.lastIndex = at;
  const url = LINK.exec(text)?.[0];
  return url ? { span: { mark: "a", url }, end: at + url.length } : null;
}

function markedAt(text: string, at: number): Found | null {
  const sign = text.charAt(at);
  const mark = MARKS[sign];
  if (!mark || isWord(text.charAt(at - 1))) return null;
  const close = closing(text, at, sign);
  if (close < 0) return null;
  return { span: { mark, spans: spans(text.slice(at + 1, close)) }, end: close + 1 };
}

/** The closing sign is on the same line, next to the words within and away from the words outside. */
function closing(text: string, open: number, sign: string): number {
  for (let at = open + 1; at < text.length && text.charAt(at) !== "\n"; at += 1) {
    if (text.charAt(at) !== sign) continue;
    const within = text.slice(open + 1, at);
    if (within && within.trim() === within && !isWord(text.charAt(at + 1))) return at;
  }
  return -1;
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}
