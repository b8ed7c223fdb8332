// Ready-made plans, from a calm network to a bad one.
import type { Plan } from "./api";

export const WEATHERS = ["calm", "gusts", "storm"] as const;

export type Weather = (typeof WEATHERS)[number];

const RATES: Record<Weather, Omit<Plan, "seed">> = {
  calm: { webhooks: {}, sends: {} },
  gusts: {
    webhooks: { duplicate: 0.1, reorder: 0.1, delay: 0.2, delay_ms: 800, drop_status: 0.05 },
    sends: { http_500: 0.05, after_accept_500: 0.03, status_first: 0.1 },
  },
  storm: {
    webhooks: {
      duplicate: 0.3,
      reorder: 0.25,
      delay: 0.5,
      delay_ms: 3000,
      drop_status: 0.15,
      wrong_signature: 0.1,
    },
    sends: {
      http_500: 0.15,
      after_accept_500: 0.1,
      answer_lost: 0.05,
      rate_130429: 0.1,
      pair_131056: 0.05,
      status_first: 0.2,
      no_status: 0.1,
    },
  },
};

export function planOf(weather: Weather, seed: number): Plan {
  return { seed, ...RATES[weather] };
}
