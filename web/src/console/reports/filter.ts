// What the board asks for, as the page's address says it: a reload and a link keep it. Pure.
import type { BoardFilter, BoardQueue } from "../api/types";

export const QUEUES = [
  "open",
  "department",
  "mine",
  "triage",
  "due",
  "confirming",
  "reopened",
  "escalated",
  "waiting",
  "moderation",
  "closed",
  "all",
] as const satisfies readonly BoardQueue[];

const FIELDS = ["category", "colonia", "department", "q"] as const;

/** Reads an address; what it does not know is left out. */
export function filterOf(search: URLSearchParams): BoardFilter {
  const queue = QUEUES.find((known) => known === search.get("queue")) ?? "open";
  const filter: BoardFilter = { queue, order: search.get("order") === "newest" ? "newest" : "due" };
  for (const field of FIELDS) {
    const value = search.get(field)?.trim();
    if (value) filter[field] = value;
  }
  return filter;
}

/** The address with one thing changed; what is empty is left out. */
export function withField(search: URLSearchParams, field: string, value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  if (value === "") next.delete(field);
  else next.set(field, value);
  return next;
}

/** How many filters are set beside the tray. */
export function setFilters(filter: BoardFilter): number {
  return FIELDS.filter((field) => filter[field]).length;
}
