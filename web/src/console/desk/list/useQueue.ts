// The chats of a queue in an order that stays while it is read, page by page.
import { skipToken, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import type { ChatRow, Counts, Queue } from "../../api/types";
import { queries } from "../../session/queries";
import { steady } from "./steady";

interface Order {
  queue: Queue;
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
  return { name, pages, counts, loaded: fresh !== undefined, ...useSteadyOrder(name, fresh) };
}

export type QueueView = ReturnType<typeof useQueue>;

function useSteadyOrder(queue: Queue, fresh: readonly ChatRow[] | undefined) {
  const [order, setOrder] = useState<Order | null>(null);
  const anew = () => setOrder({ queue, ids: (fresh ?? []).map(({ id }) => id) });
  const mine = order?.queue === queue ? order : null;
  if (fresh && !mine) anew();
  const { rows, came, moved } = steady(mine?.ids ?? [], fresh ?? []);
  // Whoever came has a place from now on; it is not changed by whoever comes next.
  if (mine && came.length > 0) setOrder({ queue, ids: [...mine.ids, ...came.map(({ id }) => id)] });
  const firstId = fresh?.[0]?.id;
  const crisisWaits = moved && fresh?.[0]?.priority === "crisis" && rows[0]?.id !== firstId;
  return { rows, moved, crisisWaits: Boolean(crisisWaits), anew };
}
