import type { Packet } from "../../api/types";

/** WhatsApp's 24 hours are over: nothing arrives until the person writes again. */
export function isWindowOver(window: Packet["window"], now: number): boolean {
  return window !== null && (!window.open || (window.until !== null && window.until <= now));
}
