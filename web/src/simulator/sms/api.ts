// The simulated phone's SMS, as the simulator gives them.
import { send } from "../shared/http";
import type { Encoding } from "./segments";

export interface Sms {
  seq: number;
  from: "citizen" | "town";
  id: string;
  /** Unix milliseconds. */
  at: number;
  text: string;
  segments: number;
  encoding: Encoding;
  status: SmsStatus;
}

/** Twilio's words for where a message is. */
export type SmsStatus =
  | "accepted"
  | "scheduled"
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  | "undelivered"
  | "failed"
  | "canceled"
  | "receiving"
  | "received"
  | "read";

export function smsEventsUrl(phone: string): string {
  return `/simulator/api/sms/${phone}/events?after=0`;
}

export async function sendSms(phone: string, text: string): Promise<void> {
  await send("POST", `/simulator/api/sms/${phone}/messages`, { text });
}
