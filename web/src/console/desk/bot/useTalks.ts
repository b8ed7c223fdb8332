// Talks that the assistant leads now, for who supervises them, in an order that stays while it is read.
import { useInfiniteQuery } from "@tanstack/react-query";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import { useSteadyOrder } from "../list/useQueue";

/** Fetched while `on`. */
export function useTalks(on: boolean) {
  const pages = useInfiniteQuery({
    queryKey: KEYS.talks,
    queryFn: ({ pageParam }) => desk.talks(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: on,
    // A talk in which nobody speaks any more leaves the list without an event.
    refetchInterval: 60_000,
  });
  const fresh = pages.data?.pages.flatMap(({ talks }) => talks);
  return { pages, loaded: fresh !== undefined, ...useSteadyOrder("bot", fresh) };
}

export type TalksView = ReturnType<typeof useTalks>;
