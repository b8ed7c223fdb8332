// Photos as they are sent: three drawn samples, so that the demo needs no files, and one's own made small as a
// messenger would.
import leak from "./samples/leak.svg";
import pothole from "./samples/pothole.svg";
import streetlight from "./samples/streetlight.svg";

export const SAMPLES = [
  { id: "pothole", url: pothole },
  { id: "streetlight", url: streetlight },
  { id: "leak", url: leak },
] as const;

export type Sample = (typeof SAMPLES)[number];

const LONGEST_SIDE = 1600;
const JPEG_QUALITY = 0.85;

/** The drawn sample as a PNG, which is what the simulator takes. */
export async function samplePhoto({ url }: Sample): Promise<Blob> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return drawn(image, 960, 720, "image/png");
}

/** Fails when the file is no image that this browser can read. */
export async function ownPhoto(file: File): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const shrink = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const photo = await drawn(
    bitmap,
    Math.round(bitmap.width * shrink),
    Math.round(bitmap.height * shrink),
    "image/jpeg",
  );
  bitmap.close();
  return photo;
}

function drawn(source: CanvasImageSource, width: number, height: number, type: string): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.drawImage(source, 0, 0, width, height);
  return new Promise((resolve, reject) => {
    const done = (blob: Blob | null) =>
      blob ? resolve(blob) : reject(new Error("the canvas made no image"));
    canvas.toBlob(done, type, JPEG_QUALITY);
  });
}
