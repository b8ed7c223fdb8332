// The simulator's own API (src/simulator/page.rs, bubble.rs), which is no part of the public API's description.
import { get, send } from "./shared/http";

export type Tick = "sent" | "delivered" | "read";

export type Kind =
  | "text"
  | "buttons"
  | "list"
  | "location_request"
  | "contact_request"
  | "template"
  | "flow"
  | "form"
  | "image"
  | "video"
  | "audio"
  | "document"
  | "sticker"
  | "location"
  | "contacts"
  | "order"
  | "reaction"
  | "edit"
  | "revoke"
  | "system"
  | "unsupported";

export interface Row {
  id: string;
  title: string;
  description?: string;
}

export interface Place {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
}

/** What is known of a file besides its bytes. */
export interface FileView {
  mime_type?: string;
  filename?: string;
  /** A voice note. */
  voice?: boolean;
}

/** Somebody's card; the phone as people write it. */
export interface Card {
  name: string;
  phone?: string;
}

export interface Bubble {
  seq: number;
  from: "town" | "citizen";
  id: string;
  /** Unix milliseconds. */
  at: number;
  type: Kind;
  text?: string;
  buttons?: { id: string; title: string }[];
  list?: { button: string; rows: Row[] };
  /** The button that opens a page. */
  link?: { title: string; url: string };
  media_url?: string;
  file?: FileView;
  location?: Place;
  contacts?: Card[];
  /** Of a reaction; none takes it away. */
  emoji?: string;
  /** The message that a reaction, an edit or a revocation is about. */
  target?: string;
  /** The quoted message. */
  reply_to?: string;
  forwarded?: boolean;
  /** The name of the template this was made from. */
  template?: string;
  chosen?: Row & { message_id: string };
  status: Tick;
}

/** One thing the person does on the phone. */
export type Said =
  | { type: "text"; text: string }
  /** A reply button or the quick reply of a template. */
  | { type: "button"; id: string; title: string; message_id: string }
  | ({ type: "row"; message_id: string } & Row)
  | ({ type: "location" } & Place)
  | { type: "contacts"; contacts: Card[] }
  /** The person's own number; `message_id`: the message that asked for it. */
  | { type: "own_contact"; message_id?: string }
  /** Without an emoji it is taken back. */
  | { type: "reaction"; message_id: string; emoji?: string }
  /** Quotes a message. */
  | { type: "reply"; message_id: string; said: { type: "text"; text: string } }
  | { type: "unsupported"; kind: string };

export interface Town {
  name: string;
  account: string;
  display_phone: string;
}

/** `null`: this server runs no simulator, because it is no demo. */
export async function fetchTown(): Promise<Town | null> {
  return (await get("/simulator/api/town")) as Town | null;
}

export function eventsUrl(phone: string): string {
  return `/simulator/api/phones/${phone}/events?after=0`;
}

export async function setProfile(phone: string, name: string): Promise<void> {
  await send("PUT", `/simulator/api/phones/${phone}`, { name });
}

export async function say(phone: string, said: Said): Promise<void> {
  await send("POST", `/simulator/api/phones/${phone}/messages`, said);
}

export async function sayPhoto(phone: string, photo: Blob, caption: string): Promise<void> {
  const query = new URLSearchParams(caption ? { caption } : {});
  await send("POST", `/simulator/api/phones/${phone}/photo?${query}`, photo);
}

export async function sayVoice(phone: string, note: Blob): Promise<void> {
  await send("POST", `/simulator/api/phones/${phone}/media?kind=voice`, note);
}
