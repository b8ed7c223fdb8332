// Talks that the assistant leads: who, about what, and whether it goes badly.
import { ListBox, ListBoxItem } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { TalkSummary } from "../../api/types";
import { Blank } from "../../ui/Blank";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { CouldNotLoad } from "../../ui/Problems";
import { Skeleton } from "../../ui/Skeleton";
import { useTimes } from "../../ui/useTimes";
import { Reorder } from "../list/Rows";
import { ChannelSign } from "../signs";
import { Troubles } from "./Troubles";
import type { TalksView } from "./useTalks";

interface Props {
  talks: TalksView;
  chosen: string | null;
  onOpen: (person: string) => void;
}

export function TalkList({ talks, chosen, onOpen }: Props) {
  const { t } = useTranslation();
  const { pages, loaded, rows } = talks;
  if (!loaded) {
    return pages.error ? (
      <CouldNotLoad error={pages.error} retry={() => void pages.refetch()} />
    ) : (
      <Skeleton rows={7} />
    );
  }
  return (
    <>
      <Reorder queue={{ ...talks, crisisWaits: false }} />
      {rows.length === 0 ? (
        <Blank icon="bot" title={t("bot.empty")} />
      ) : (
        <ListBox
          className="rows"
          aria-label={t("queue.bot")}
          items={rows}
          selectionMode="single"
          selectedKeys={chosen ? [chosen] : []}
          onSelectionChange={(keys) => {
            const [id] = keys === "all" ? [] : [...keys];
            if (typeof id === "string") onOpen(id);
          }}
        >
          {(talk) => (
            <ListBoxItem id={talk.id} className="chat-row" textValue={talk.person_name ?? t("queue.noName")}>
              <TalkRow talk={talk} />
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

function TalkRow({ talk }: { talk: TalkSummary }) {
  const { t } = useTranslation();
  const { clock } = useTimes();
  return (
    <div className="chat-row-inside">
      <div className="chat-row-top">
        <strong className="chat-row-name">{talk.person_name ?? t("queue.noName")}</strong>
        <span className="chat-row-time">{clock(talk.last_at)}</span>
      </div>
      <p className="snippet">{talk.private ? t("bot.private") : talk.snippet}</p>
      <div className="chat-row-signs">
        <Troubles talk={talk} />
        <ChannelSign channel={talk.channel} />
        {talk.flow && (
          <span className="sign">
            <Icon name="bot" size={14} />
            {talk.flow}
          </span>
        )}
      </div>
    </div>
  );
}
