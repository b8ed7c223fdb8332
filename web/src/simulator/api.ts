// The simulator's own API (src/simulator/page.rs, bubble.rs), which is no part of the public API's description.

export type Tick = "sent" | "delivered" | "read";

export type Kind = "text" | "buttons" | "list" | "location_request" | "image" | "location" | "unsupported";

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
  media_url?: string;
  location?: Place;
  chosen?: Row & { message_id: string };
  status: Tick;
}

/** One thing the person does on the phone. */
export type Said =
  | { type: "text"; text: string }
  | { type: "button"; id: string; title: string; message_id: string }
  | ({ type: "row"; message_id: string } & Row)
  | ({ type: "location" } & Place)
  | { type: "unsupported"; kind: string };

export interface Town {
  name: string;
  account: string;
  display_phone: string;
}

/** `null`: this server runs no simulator, because it is no demo. */
export async function fetchTown(): Promise<Town | null> {
  const response = await fetch("/simulator/api/town");
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`the simulator answered ${response.status}`);
  return response.json() as Promise<Town>;
}

export function eventsUrl(phone: string): string {
  return `/simulator/api/phones/${phone}/events?after=0`;
}

export function setProfile(phone: string, name: string): Promise<void> {
  return call("PUT", `/simulator/api/phones/${phone}`, JSON.stringify({ name }), "application/json");
}

export function say(phone: string, said: Said): Promise<void> {
  return call("POST", `/simulator/api/phones/${phone}/messages`, JSON.stringify(said), "application/json");
}

export function sayPhoto(phone: string, photo: Blob, caption: string): Promise<void> {
  const query = new URLSearchParams(caption ? { caption } : {});
  return call("POST", `/simulator/api/phones/${phone}/photo?${query}`, photo, photo.type);
}

async function call(method: string, url: string, body: BodyInit, type: string): Promise<void> {
  const headers = { "content-type": type };
  const response = await fetch(url, { method, body, headers, signal: AbortSignal.timeout(15_000) });
  if (!response.ok) throw new Error(`the simulator answered ${response.status}`);
}
