// The town's colour, and the colours that follow from it. Text on it keeps 4.5:1 whatever the town chose.

type Rgb = [number, number, number];

export interface Palette {
  brand: string;
  onBrand: string;
  /** Ground of the visitor's own bubbles, in light and dark. */
  mine: string;
  mineDark: string;
}

export const DEFAULT_COLOUR = "#0d5f57";

/** `null` when the text is no colour written as `#rgb` or `#rrggbb`. */
export function palette(colour: string): Palette | null {
  const brand = read(colour);
  if (!brand) return null;
  // Of black and white one always keeps 4.58:1.
  const onBrand = contrast(brand, [255, 255, 255]) >= 4.5 ? "#fff" : "#000";
  return {
    brand: write(brand),
    onBrand,
    mine: write(mix(brand, [255, 255, 255], 0.8)),
    mineDark: write(mix(brand, [16, 24, 23], 0.66)),
  };
}

function read(colour: string): Rgb | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour.trim());
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim());
  const parts = short ? short.slice(1).map((digit) => digit + digit) : long?.slice(1);
  return parts ? (parts.map((part) => Number.parseInt(part, 16)) as Rgb) : null;
}

function write(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

function mix(one: Rgb, other: Rgb, share: number): Rgb {
  return one.map((part, index) => part + ((other[index] ?? 0) - part) * share) as Rgb;
}

/** As WCAG 2.2 defines it, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
