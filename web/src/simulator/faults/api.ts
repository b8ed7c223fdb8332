// Making things go wrong on purpose, as the simulator takes it (src/simulator/faults.rs, plan.rs, twilio/faults.rs).
import { send } from "../shared/http";

/** Faults that strike the next sends or webhooks of WhatsApp. */
export const META_FAULTS = [
  "http_500",
  "after_accept_500",
  "answer_lost",
  "hang",
  "rate_130429",
  "pair_131056",
  "window_131047",
  "token_190",
  "status_first",
  "status_missing",
  "status_failed_131026",
  "duplicate_webhook",
  "webhook_bad_signature",
  "webhook_no_signature",
] as const;

export type MetaFault = (typeof META_FAULTS)[number];

/** Faults of the telephone company: sends, webhooks, turns of a call. By our name, as the simulator takes them. */
export const TWILIO_FAULTS = {
  refuse_20429: { refuse: { code: 20429 } },
  undelivered_30003: { undelivered: { code: 30003 } },
  undelivered_30007: { undelivered: { code: 30007 } },
  failed_30008: { failed: { code: 30008 } },
  twilio_hang: "hang",
  no_status: "no_status",
  bad_signature: "bad_signature",
  text_twice: "text_twice",
  turn_twice: "turn_twice",
  completed_early: "completed_early",
} as const;

export type TwilioFault = keyof typeof TWILIO_FAULTS;

/** One of Meta's documented codes, as the answer to a send or as the status `failed`. */
export type MetaError = "error_answer" | "error_status";

export type Fault = MetaFault | TwilioFault | MetaError;

const META = "/simulator/api/faults";
const TWILIO = "/simulator/api/twilio/faults";

/** `code`: of a [`MetaError`]. */
export async function arm(fault: Fault, code: number, times: number): Promise<void> {
  if (fault in TWILIO_FAULTS) {
    await send("POST", TWILIO, { fail: TWILIO_FAULTS[fault as TwilioFault], times });
  } else if (needsCode(fault)) {
    await send("POST", META, { fail: `error:${code}`, times, when: fault.replace("error_", "") });
  } else {
    await send("POST", META, { fail: fault, times });
  }
}

export function needsCode(fault: Fault): fault is MetaError {
  return fault === "error_answer" || fault === "error_status";
}

/** Nothing more is armed. */
export async function disarm(telephone: boolean): Promise<void> {
  await send("DELETE", META);
  if (telephone) await send("DELETE", TWILIO);
}

/** Shares of events, 0 to 1; what is not named never happens. The same seed meets the same events. */
export interface Plan {
  seed: number;
  webhooks: Partial<Record<"delay" | "duplicate" | "reorder" | "drop_status" | "wrong_signature", number>> & {
    /** The longest delay, in milliseconds. */
    delay_ms?: number;
  };
  sends: Partial<
    Record<
      | "rate_130429"
      | "pair_131056"
      | "http_500"
      | "after_accept_500"
      | "answer_lost"
      | "status_first"
      | "no_status",
      number
    >
  >;
}

export async function setPlan(plan: Plan): Promise<void> {
  await send("POST", "/simulator/api/plan", plan);
}
