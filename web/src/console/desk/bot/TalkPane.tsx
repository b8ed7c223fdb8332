// The middle and the right pane for a talk of the assistant: read along, and come in where a person is needed.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import { codeOf } from "../../api/problem";
import type { Talk } from "../../api/types";
import { Blank } from "../../ui/Blank";
import { Icon } from "../../ui/Icon";
import { CouldNotLoad } from "../../ui/Problems";
import { Skeleton } from "../../ui/Skeleton";
import { ChannelSign } from "../signs";
import { Lines } from "../talk/Lines";
import { Viewers } from "../talk/Viewers";
import { JoinWindow } from "./JoinWindow";
import { TalkContext } from "./TalkContext";
import { Troubles } from "./Troubles";

interface Props {
  person: string;
  context: boolean;
  onContext: (shown: boolean) => void;
  onLeave: () => void;
  /** Opens a chat of the desk. */
  onChat: (chat: string) => void;
}

/** Whoever looks says so by asking again: the server forgets them after 45 seconds. */
const LOOKING_MS = 20_000;

export function TalkPane({ person, ...props }: Props) {
  const { t } = useTranslation();
  const {
    data: talk,
    error,
    refetch,
  } = useQuery({
    queryKey: KEYS.talk(person),
    queryFn: () => desk.talk(person),
    refetchInterval: LOOKING_MS,
  });
  if (talk) return <Reading talk={talk} {...props} />;
  if (error && ["gone", "forbidden"].includes(codeOf(error))) {
    return (
      <section className="pane chat-pane none">
        <Blank icon="info" title={t("chat.gone")} hint={t("bot.goneHint")}>
          <Button className="quiet" onPress={props.onLeave}>
            {t("common.back")}
          </Button>
        </Blank>
      </section>
    );
  }
  return (
    <section className="pane chat-pane">
      {error ? (
        <CouldNotLoad error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton rows={6} kind="bubble" />
      )}
    </section>
  );
}

function Reading({ talk, context, onContext, onLeave, onChat }: Omit<Props, "person"> & { talk: Talk }) {
  const { t } = useTranslation();
  const [joining, setJoining] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  // On a phone the conversation takes the place of the list: the reader has to follow.
  useEffect(() => {
    if (matchMedia("(max-width: 759px)").matches) head.current?.focus();
  }, []);
  const name = talk.person_name ?? t("queue.noName");
  return (
    <>
      <section className="pane chat-pane" aria-label={t("chat.label", { name })}>
        <header className="chat-head">
          <span className="phone-only">
            <Button className="quiet square" aria-label={t("common.back")} onPress={onLeave}>
              <Icon name="back" />
            </Button>
          </span>
          <div className="chat-head-who">
            <h2 ref={head} tabIndex={-1}>
              {name}
            </h2>
            <div className="chat-row-signs">
              <ChannelSign channel={talk.channel} />
              <Troubles talk={talk} />
            </div>
          </div>
          <Viewers viewers={talk.viewers} />
          <div className="chat-head-actions">
            <span className="context-way">
              <Button
                className="quiet square"
                aria-label={t("chat.showContext")}
                onPress={() => onContext(true)}
              >
                <Icon name="info" />
              </Button>
            </span>
          </div>
        </header>
        <Lines chat={talk} onUndone={() => {}} />
        <JoinBar talk={talk} onJoin={() => setJoining(true)} onChat={onChat} />
      </section>
      <TalkContext talk={talk} shown={context} onHide={() => onContext(false)} />
      <JoinWindow talk={talk} isOpen={joining} onClose={() => setJoining(false)} onJoined={onChat} />
    </>
  );
}

function JoinBar({
  talk,
  onJoin,
  onChat,
}: {
  talk: Talk;
  onJoin: () => void;
  onChat: (chat: string) => void;
}) {
  const { t } = useTranslation();
  const { chat } = talk;
  return (
    <div className="claim-bar">
      <Icon name={chat ? "person" : "bot"} size={18} />
      <span>{t(chat ? "bot.atDesk" : talk.can_join ? "bot.led" : "bot.onCall")}</span>
      {chat && (
        <Button className="quiet" onPress={() => onChat(chat)}>
          {t("bot.openChat")}
        </Button>
      )}
      {talk.can_join && (
        <Button className="primary" onPress={onJoin}>
          {t("bot.join")}
        </Button>
      )}
    </div>
  );
}
