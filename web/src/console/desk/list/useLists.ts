// What the left pane shows: the tabs of whoever looks, and the list under the chosen one.
import { useMay } from "../../session/session";
import { useTalks } from "../bot/useTalks";
import { tabsFor, tidyTab } from "./queues";
import { useQueue } from "./useQueue";

export function useLists(wanted: string | null) {
  const tabs = tabsFor(useMay("chats.supervise"));
  const tab = tidyTab(wanted, tabs);
  const led = tab === "bot";
  // The counters of all tabs come with any of the queues.
  const queue = useQueue(tab === "bot" ? "unanswered" : tab);
  const talks = useTalks(led);
  const rows: readonly { id: string }[] = led ? talks.rows : queue.rows;
  return { tabs, tab, led, queue, talks, rows };
}

export type Lists = ReturnType<typeof useLists>;
