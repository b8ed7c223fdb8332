// The left pane: queues with their counters, and the chats of the chosen one.
import { Button, Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon";
import { CouldNotLoad } from "../../ui/Problems";
import { Skeleton } from "../../ui/Skeleton";
import { TalkList } from "../bot/TalkList";
import type { Tab as TabName } from "./queues";
import { Rows } from "./Rows";
import type { Lists } from "./useLists";
import type { QueueView } from "./useQueue";

interface Props {
  lists: Lists;
  chosen: string | null;
  onTab: (tab: TabName) => void;
  onOpen: (chat: string) => void;
  onHelp: () => void;
}

export function ChatList({ lists, chosen, onTab, onOpen, onHelp }: Props) {
  const { t } = useTranslation();
  const { tabs, tab, queue, talks } = lists;
  return (
    <section className="pane list-pane" aria-label={t("queue.label")}>
      <Tabs className="queues" selectedKey={tab} onSelectionChange={(key) => onTab(key as TabName)}>
        <TabList className="queue-tabs" aria-label={t("queue.label")}>
          {tabs.map((name) => (
            <QueueTab key={name} name={name} count={name === "history" ? 0 : (queue.counts?.[name] ?? 0)} />
          ))}
        </TabList>
        <TabPanel key={tab} id={tab} className="queue-panel">
          {tab === "bot" ? (
            <TalkList talks={talks} chosen={chosen} onOpen={onOpen} />
          ) : (
            <QueueContent queue={queue} chosen={chosen} onOpen={onOpen} />
          )}
        </TabPanel>
      </Tabs>
      <div className="list-foot">
        <Button className="quiet small with-icon" onPress={onHelp}>
          <Icon name="keyboard" size={18} />
          {t("help.open")}
        </Button>
      </div>
    </section>
  );
}

function QueueTab({ name, count }: { name: TabName; count: number }) {
  const { t } = useTranslation();
  return (
    <Tab id={name} className="queue-tab">
      {t(`queue.${name}`)}
      {count > 0 && (
        <span className="count">
          <span aria-hidden="true">{count}</span>
          <span className="unseen">, {t("queue.count", { count })}</span>
        </span>
      )}
    </Tab>
  );
}

function QueueContent({ queue, chosen, onOpen }: Pick<Props, "chosen" | "onOpen"> & { queue: QueueView }) {
  const { pages, loaded } = queue;
  if (!loaded) {
    return pages.error ? (
      <CouldNotLoad error={pages.error} retry={() => void pages.refetch()} />
    ) : (
      <Skeleton rows={7} />
    );
  }
  return <Rows queue={queue} chosen={chosen} onOpen={onOpen} />;
}
