import type { Queue } from "../../api/types";

export const QUEUES = [
  "unanswered",
  "mine",
  "team",
  "waiting",
  "history",
] as const satisfies readonly Queue[];

export const EMPTY = {
  unanswered: "queue.emptyUnanswered",
  mine: "queue.emptyMine",
  team: "queue.emptyTeam",
  waiting: "queue.emptyWaiting",
  history: "queue.emptyHistory",
} as const satisfies Record<Queue, string>;

/** The queue that an address names; whoever waits comes first. */
export function tidyQueue(name: string | null): Queue {
  return QUEUES.find((queue) => queue === name) ?? "unanswered";
}
