// Photos: made small before they leave (data costs money, and lines are slow), kept until the server has them.
import type { Memory } from "./memory";

/** Longest side, in pixels. */
const LARGEST = 1600;
const QUALITY = 0.82;
const THUMBNAIL = 320;
const THUMBNAIL_QUALITY = 0.6;

export interface Shrunk {
  photo: Blob;
  /** A data address, small enough to be remembered. */
  thumbnail: string;
}

/** Re-encodes as JPEG, which also leaves behind where and with what it was taken. Fails when it is no picture. */
export async function shrink(file: Blob): Promise<Shrunk> {
  const picture = await decode(file);
  try {
    const large = draw(picture, LARGEST);
    const photo = await new Promise<Blob | null>((done) => large.toBlob(done, "image/jpeg", QUALITY));
    if (!photo) throw new Error("the picture is too large for this device");
    return { photo, thumbnail: draw(picture, THUMBNAIL).toDataURL("image/jpeg", THUMBNAIL_QUALITY) };
  } finally {
    if ("close" in picture) picture.close();
  }
}

/** Width and height within a square, never larger than they are. */
export function sizeWithin(width: number, height: number, most: number): [number, number] {
  const scale = Math.min(1, most / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** Both ways turn the picture as the camera was held. */
async function decode(file: Blob): Promise<ImageBitmap | HTMLImageElement> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return decodeByElement(file);
  }
}

/** For browsers without `createImageBitmap`, or without its options. */
function decodeByElement(file: Blob): Promise<HTMLImageElement> {
  return new Promise((done, fail) => {
    const address = URL.createObjectURL(file);
    const image = new Image();
    image.onload = () => {
      done(image);
      // Drawn by then.
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
    };
    image.onerror = () => {
      URL.revokeObjectURL(address);
      fail(new Error("no picture"));
    };
    image.src = address;
  });
}

function draw(picture: ImageBitmap | HTMLImageElement, most: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = sizeWithin(picture.width, picture.height, most);
  const paper = canvas.getContext("2d");
  if (!paper) throw new Error("this browser cannot draw");
  // What is see-through would become black in a JPEG.
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Photos that wait to be sent: at hand, and remembered where there is room. */
export class Photos {
  private readonly memory: Memory;
  private readonly atHand = new Map<string, Blob>();

  constructor(memory: Memory) {
    this.memory = memory;
  }

  keep(id: string, photo: Blob): void {
    this.atHand.set(id, photo);
    const reader = new FileReader();
    reader.onload = () => {
      if (this.atHand.has(id)) this.memory.keepPhoto(id, String(reader.result));
    };
    reader.readAsDataURL(photo);
  }

  async waiting(id: string): Promise<Blob | null> {
    const kept = this.memory.photo(id);
    return this.atHand.get(id) ?? (kept ? blobOf(kept) : null);
  }

  done(id: string): void {
    this.atHand.delete(id);
    this.memory.dropPhoto(id);
  }
}

/** Not by `fetch`, which a page's content security policy may forbid for data addresses. */
export function blobOf(dataUrl: string): Blob | null {
  const [, mime, base64] = /^data:([\w/+.-]+);base64,(.+)$/.exec(dataUrl) ?? [];
  if (!mime || !base64) return null;
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type: mime });
}
