// Which hidden panes have something new from the town.
import { useEffect, useState } from "react";
import type { Pane } from "./Tabs";

export type Counts = Readonly<Partial<Record<Pane, number>>>;

/**
 * `counts`: how much the town has said in each pane, the same object until that changes; `active`: the pane that is
 * seen, `null` when all are.
 */
export function useUnseen(counts: Counts, active: Pane | null): ReadonlySet<Pane> {
  const [seen, setSeen] = useState<Counts>({});
  useEffect(() => {
    setSeen((before) => (active ? { ...before, [active]: counts[active] ?? 0 } : counts));
  }, [active, counts]);
  if (!active) return NONE;
  const panes = Object.keys(counts) as Pane[];
  return new Set(panes.filter((pane) => pane !== active && (counts[pane] ?? 0) > (seen[pane] ?? 0)));
}

const NONE: ReadonlySet<Pane> = new Set();
