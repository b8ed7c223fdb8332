// The middle and the right pane: one conversation, and what is known about it.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import { codeOf } from "../../api/problem";
import type { Chat, Line } from "../../api/types";
import { Blank } from "../../ui/Blank";
import { CouldNotLoad } from "../../ui/Problems";
import { Skeleton } from "../../ui/Skeleton";
import type { Deed } from "../actions/ActionsMenu";
import { CloseWindow } from "../actions/CloseWindow";
import { DeedWindow } from "../actions/DeedWindow";
import { TakeOverWindow } from "../actions/TakeOverWindow";
import { TransferWindow } from "../actions/TransferWindow";
import { ChatContext } from "../approval/ChatContext";
import { Composer, type ComposerHandle } from "../composer/Composer";
import { ContextPane } from "../packet/ContextPane";
import { useShortcuts } from "../useShortcuts";
import { WhisperStrip } from "../whisper/WhisperStrip";
import { ChatHead } from "./ChatHead";
import { ClaimBar } from "./ClaimBar";
import { Lines } from "./Lines";
import { usePresence } from "./usePresence";

interface Props {
  id: string;
  context: boolean;
  onContext: (shown: boolean) => void;
  onLeave: () => void;
}

export function ChatPane({ id, context, onContext, onLeave }: Props) {
  const { t } = useTranslation();
  const { data: chat, error, refetch } = useQuery({ queryKey: KEYS.chat(id), queryFn: () => desk.chat(id) });
  if (error && ["gone", "forbidden"].includes(codeOf(error))) {
    return (
      <section className="pane chat-pane none">
        <Blank icon="info" title={t("chat.gone")} hint={t("chat.goneHint")}>
          <Button className="quiet" onPress={onLeave}>
            {t("common.back")}
          </Button>
        </Blank>
      </section>
    );
  }
  if (chat) return <Conversation chat={chat} context={context} onContext={onContext} onLeave={onLeave} />;
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

export type OpenWindow = "transfer" | "close" | "take_over" | null;

function Conversation({ chat, context, onContext, onLeave }: Omit<Props, "id"> & { chat: Chat }) {
  const { t } = useTranslation();
  const composer = useRef<ComposerHandle>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const [open, setOpen] = useState<OpenWindow>(null);
  const [deed, setDeed] = useState<Deed | null>(null);
  const typing = usePresence(chat.id, chat.state !== "closed");
  const name = chat.person_name ?? t("queue.noName");
  // On a phone the conversation takes the place of the list: the reader has to follow.
  useEffect(() => {
    if (matchMedia("(max-width: 759px)").matches) head.current?.focus();
  }, []);
  useShortcuts({
    r: () => composer.current?.write("reply"),
    n: () => composer.current?.write("note"),
    w: () => chat.can.whisper && composer.current?.write("whisper"),
    "/": () => composer.current?.canned(),
    t: () => chat.can.transfer && setOpen("transfer"),
    e: () => chat.can.close && setOpen("close"),
    f: () => chat.can.report && setDeed("report"),
  });
  const giveBack = (line: Line) => composer.current?.giveBack(line);
  const close = () => setOpen(null);
  const away = () => {
    close();
    onLeave();
  };
  return (
    <>
      <section className="pane chat-pane" aria-label={t("chat.label", { name })}>
        <ChatHead
          chat={chat}
          ref={head}
          onWindow={setOpen}
          onContext={() => onContext(true)}
          onLeave={onLeave}
        />
        <ChatContext value={{ chat, rewrite: giveBack }}>
          <Lines chat={chat} onUndone={giveBack} />
        </ChatContext>
        <WhisperStrip chat={chat} />
        <ClaimBar chat={chat} onTakeOver={() => setOpen("take_over")} />
        {chat.state !== "closed" && (
          <Composer chat={chat} ref={composer} onTyping={typing} onDeed={setDeed} />
        )}
      </section>
      <ContextPane chat={chat} shown={context} onHide={() => onContext(false)} />
      <TransferWindow chat={chat} isOpen={open === "transfer"} onClose={close} onDone={away} />
      <CloseWindow chat={chat} isOpen={open === "close"} onClose={close} onDone={close} />
      <DeedWindow chat={chat} deed={deed} onClose={() => setDeed(null)} />
      <TakeOverWindow chat={chat} isOpen={open === "take_over"} onClose={close} />
    </>
  );
}
