// The list itself. Rows stay where they are; that the order changed is only told, with a button to take the new one.
import { ListBox, ListBoxItem } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Blank } from "../../ui/Blank";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { ChatRowView } from "./ChatRowView";
import { EMPTY } from "./queues";
import type { QueueView } from "./useQueue";

interface Props {
  queue: QueueView;
  chosen: string | null;
  onOpen: (chat: string) => void;
}

export function Rows({ queue, chosen, onOpen }: Props) {
  const { t } = useTranslation();
  const { rows, name, pages } = queue;
  return (
    <>
      <Reorder queue={queue} />
      {rows.length === 0 ? (
        <Blank icon={name === "unanswered" ? "check" : "desk"} title={t(EMPTY[name])} />
      ) : (
        <ListBox
          className="rows"
          aria-label={t(`queue.${name}`)}
          items={rows}
          selectionMode="single"
          selectedKeys={chosen ? [chosen] : []}
          onSelectionChange={(keys) => {
            const [id] = keys === "all" ? [] : [...keys];
            if (typeof id === "string") onOpen(id);
          }}
        >
          {(row) => (
            <ListBoxItem id={row.id} className="chat-row" textValue={row.person_name ?? t("queue.noName")}>
              <ChatRowView row={row} queue={name} />
            </ListBoxItem>
          )}
        </ListBox>
      )}
      {pages.hasNextPage && (
        <Button
          className="quiet more"
          isPending={pages.isFetchingNextPage}
          onPress={() => void pages.fetchNextPage()}
        >
          {t("common.more")}
        </Button>
      )}
    </>
  );
}

/** Lies over the list, so that the rows keep their place when it comes and goes. */
export function Reorder({
  queue: { moved, crisisWaits, anew },
}: {
  queue: Pick<QueueView, "moved" | "crisisWaits" | "anew">;
}) {
  const { t } = useTranslation();
  return (
    <div className="reorder">
      <p className="unseen" role="status">
        {moved && t(crisisWaits ? "queue.newCrisis" : "queue.changed")}
      </p>
      {moved && (
        <Button className={crisisWaits ? "reorder-button of-crisis" : "reorder-button"} onPress={anew}>
          <Icon name={crisisWaits ? "alarm" : "sort"} size={16} />
          {crisisWaits && `${t("queue.newCrisis")} · `}
          {t("queue.reorder")}
        </Button>
      )}
    </div>
  );
}
