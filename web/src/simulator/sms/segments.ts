// How an SMS is cut: GSM-7 as long as every character is in GSM 03.38, else UCS-2 for the whole message. Pure; the
// server counts with code of its own, and both are held against the same vectors.

export type Encoding = "gsm7" | "ucs2";

export interface Segments {
  encoding: Encoding;
  /** Septets or UTF-16 units of the whole text. */
  units: number;
  segments: number;
  /** Units that still fit into the last segment. */
  left: number;
}

/** GSM 03.38, basic alphabet. Upper-case Ç only: Twilio does not count ç as GSM. */
const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Its extension table: an escape goes first, so each takes two septets. */
const EXTENDED = new Set("\f^{}\\[~]|€");

/** Units of a single message, and of each part of a longer one (its header takes 6 octets). */
const ROOM = { gsm7: { single: 160, part: 153 }, ucs2: { single: 70, part: 67 } } as const;

export function segmentsOf(text: string): Segments {
  const characters = [...text];
  const encoding: Encoding = characters.every(isGsm) ? "gsm7" : "ucs2";
  const sizes = encoding === "gsm7" ? characters.map(septets) : graphemes(text).flatMap(wideUnits);
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { single, part } = ROOM[encoding];
  if (units <= single) return { encoding, units, segments: 1, left: single - units };
  return { encoding, units, ...cut(sizes, part) };
}

function septets(character: string): number {
  return EXTENDED.has(character) ? 2 : 1;
}

/** What is seen as one character, such as a family of emoji: Twilio does not tear it. */
function graphemes(text: string): string[] {
  return [...new Intl.Segmenter("es").segment(text)].map(({ segment }) => segment);
}

/** One too large for a part is torn between its characters. */
function wideUnits(grapheme: string): number[] {
  return grapheme.length <= ROOM.ucs2.part ? [grapheme.length] : [...grapheme].map((one) => one.length);
}

function isGsm(character: string): boolean {
  return BASIC.has(character) || EXTENDED.has(character);
}

/** What belongs together is not torn: then a part ends early. */
function cut(sizes: readonly number[], room: number): { segments: number; left: number } {
  let segments = 1;
  let left = room;
  for (const size of sizes) {
    if (size > left) {
      segments += 1;
      left = room;
    }
    left -= size;
  }
  return { segments, left };
}

/** The letters that turn a message into UCS-2, each once: what a writer could do without. */
export function costly(text: string): string[] {
  return [...new Set(text)].filter((one) => !isGsm(one));
}
