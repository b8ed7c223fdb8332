// The chats of a queue in an order that stays while it is read, page by page.
import { skipToken, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import type { Counts, Queue } from "../../api/types";
import { queries } from "../../session/queries";
import { type Row, steady } from "./steady";

interface Order {
  queue: string;
  ids: readonly string[];
}

export function useQueue(name: Queue) {
  const pages = useInfiniteQuery({
    queryKey: KEYS.queue(name),
    queryFn: async ({ pageParam }) => {
      const page = await desk.chats(name, pageParam);
      queries.setQueryData<Counts>(KEYS.counts, page.counts);
      return page;
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const { data: counts } = useQuery<Counts>({ queryKey: KEYS.counts, queryFn: skipToken });
  const fresh = pages.data?.pages.flatMap(({ chats }) => chats);
  const order = useSteadyOrder(name, fresh);
  const first = fresh?.[0];
  const crisisWaits = order.moved && first?.priority === "crisis" && order.rows[0]?.id !== first.id;
  return { name, pages, counts, loaded: fresh !== undefined, ...order, crisisWaits };
}

export type QueueView = ReturnType<typeof useQueue>;

/** The rows as they stood when the list was opened, and how to take the order that holds now. */
export function useSteadyOrder<T extends Row>(queue: string, fresh: readonly T[] | undefined) {
  const [order, setOrder] = useState<Order | null>(null);
  const anew = () => setOrder({ queue, ids: (fresh ?? []).map(({ id }) => id) });
  const mine = order?.queue === queue ? order : null;
  if (fresh && !mine) anew();
  const { rows, came, moved } = steady(mine?.ids ?? [], fresh ?? []);
  // Whoever came has a place from now on; it is not changed by whoever comes next.
  if (mine && came.length > 0) setOrder({ queue, ids: [...mine.ids, ...came.map(({ id }) => id)] });
  return { rows, moved, anew };
}
