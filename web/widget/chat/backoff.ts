// How long to wait before the next try, in milliseconds. Chance spreads the phones of a town, which would otherwise
// all come back in the second in which the server does.

export interface Backoff {
  first: number;
  most: number;
}

export const RECONNECT: Backoff = { first: 1000, most: 60_000 };

/** Doubled with each failure (the first is 1), then varied between half and one and a half. */
export function backoff({ first, most }: Backoff, failures: number, random = Math.random): number {
  const steady = Math.min(most, first * 2 ** Math.max(0, failures - 1));
  return Math.round(steady * (0.5 + random()));
}
