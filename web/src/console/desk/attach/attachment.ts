// A file on its way into a message: what is known of it at each moment. Pure.
import type { Attachable, Line, TakenIn } from "../../api/types";

export type Attachment =
  | { state: "none" }
  | { state: "uploading"; name: string; share: number }
  | { state: "ready"; file: TakenIn; described: string }
  /** The name stays, with why it was refused. */
  | { state: "failed"; name: string; error: unknown; file: File };

export const NONE: Attachment = { state: "none" };

/** What a page can tell before anything is sent: larger than any file that the channel takes. */
export function isTooLarge(size: number, attach: readonly Attachable[]): boolean {
  return size > Math.max(0, ...attach.map(({ bytes }) => bytes));
}

/** For the file window of the system. */
export function acceptedTypes(attach: readonly Attachable[]): string[] {
  return attach.flatMap(({ types }) => types);
}

/** The file of a message that was taken back. */
export function fileOf(media: NonNullable<Line["media"]>, kind: Line["kind"]): TakenIn {
  const known = kind === "image" || kind === "audio" ? kind : "document";
  return { id: media.id, kind: known, mime: "", name: media.name ?? "", bytes: 0 };
}

/** What goes with the message. */
export function partOf(attachment: Attachment): { attachment?: string; described?: string } {
  if (attachment.state !== "ready") return {};
  return { attachment: attachment.file.id, described: attachment.described.trim() };
}

/** Whether a message may go: with a file that is here, or with words and nothing that still comes or failed. */
export function isReady(text: string, attachment: Attachment): boolean {
  return attachment.state === "ready" || (attachment.state === "none" && text.trim() !== "");
}
