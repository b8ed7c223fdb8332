// The order of a list that somebody is reading: rows stay where they are, whoever left is gone, whoever came stands at
// the end until the person asks for the new order. Pure.

export interface Row {
  id: string;
}

export interface Steady<T extends Row> {
  rows: T[];
  /** Those that came since the order was taken. */
  came: T[];
  /** Whether the server would show another order. */
  moved: boolean;
}

export function steady<T extends Row>(order: readonly string[], fresh: readonly T[]): Steady<T> {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const known = order.flatMap((id) => byId.get(id) ?? []);
  const knownIds = new Set(order);
  const came = fresh.filter(({ id }) => !knownIds.has(id));
  const rows = [...known, ...came];
  return { rows, came, moved: rows.some(({ id }, index) => id !== fresh[index]?.id) };
}
