// The simulated telephone company (src/simulator/twilio): which numbers the town has there, and how people are known.
import { get } from "./shared/http";

export interface Numbers {
  /** E.164, such as +529823110171. */
  sms: { number: string };
  voice: { number: string };
}

/** `null`: this server has no telephone, so neither SMS nor calls are shown. */
export async function fetchNumbers(): Promise<Numbers | null> {
  return (await get("/simulator/api/twilio")) as Numbers | null;
}

/** WhatsApp writes Mexican mobiles 52 1 and ten digits, the telephone network without the 1. It is one phone. */
export function networkPhone(whatsappPhone: string): string {
  return whatsappPhone.replace(/^521(\d{10})$/, "52$1");
}

/** +52 982 311 0171, as people write it. */
export function readableNumber(number: string): string {
  return number.replace(/^\+?521?(\d{3})(\d{3})(\d{4})$/, "+52 $1 $2 $3");
}
