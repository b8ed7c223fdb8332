import type { Queue } from "../../api/types";

export const QUEUES = [
  "unanswered",
  "mine",
  "team",
  "waiting",
  "calls",
  "approval",
  "history",
] as const satisfies readonly Queue[];

export const EMPTY = {
  unanswered: "queue.emptyUnanswered",
  mine: "queue.emptyMine",
  team: "queue.emptyTeam",
  waiting: "queue.emptyWaiting",
  calls: "queue.emptyCalls",
  approval: "queue.emptyApproval",
  history: "queue.emptyHistory",
} as const satisfies Record<Queue, string>;

/** A tab of the desk: a queue, or the talks that the assistant leads. */
export type Tab = Queue | "bot";

const EVERYBODYS: readonly Tab[] = QUEUES.filter((queue) => queue !== "approval");
const SUPERVISORS: readonly Tab[] = [
  "unanswered",
  "mine",
  "team",
  "waiting",
  "calls",
  "approval",
  "bot",
  "history",
];

export function tabsFor(supervises: boolean): readonly Tab[] {
  return supervises ? SUPERVISORS : EVERYBODYS;
}

/** The tab that an address names; whoever waits comes first. */
export function tidyTab(name: string | null, tabs: readonly Tab[]): Tab {
  return tabs.find((tab) => tab === name) ?? "unanswered";
}
