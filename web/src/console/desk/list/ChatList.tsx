// The left pane: queues with their counters, and the chats of the chosen one.
import { Button, Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Queue } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { CouldNotLoad } from "../../ui/Problems";
import { Skeleton } from "../../ui/Skeleton";
import { QUEUES } from "./queues";
import { Rows } from "./Rows";
import type { QueueView } from "./useQueue";

interface Props {
  queue: QueueView;
  chosen: string | null;
  onQueue: (queue: Queue) => void;
  onOpen: (chat: string) => void;
  onHelp: () => void;
}

export function ChatList({ queue, chosen, onQueue, onOpen, onHelp }: Props) {
  const { t } = useTranslation();
  return (
    <section className="pane list-pane" aria-label={t("queue.label")}>
      <Tabs className="queues" selectedKey={queue.name} onSelectionChange={(key) => onQueue(key as Queue)}>
        <TabList className="queue-tabs" aria-label={t("queue.label")}>
          {QUEUES.map((name) => (
            <QueueTab key={name} name={name} count={name === "history" ? 0 : (queue.counts?.[name] ?? 0)} />
          ))}
        </TabList>
        <TabPanel id={queue.name} className="queue-panel">
          <QueueContent queue={queue} chosen={chosen} onOpen={onOpen} />
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

function QueueTab({ name, count }: { name: Queue; count: number }) {
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

function QueueContent({ queue, chosen, onOpen }: Pick<Props, "queue" | "chosen" | "onOpen">) {
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
