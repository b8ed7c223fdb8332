import { useMutation } from "@tanstack/react-query";
import type { KeyboardEvent, RefObject } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import type { Chat } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { keepLine, useExplain } from "../chats";
import { isWindowOver } from "./blocked";
import { PreviewLine } from "./PreviewLine";
import type { DraftText } from "./useDraft";
import { unfilled } from "./variables";

interface Props {
  chat: Chat;
  draft: DraftText;
  area: RefObject<HTMLTextAreaElement | null>;
  onTyping: () => void;
  onSlash: () => void;
}

function useSend(chat: Chat, draft: DraftText) {
  const explain = useExplain(chat.id);
  return useMutation({
    mutationFn: (text: string) => desk.send(chat.id, { version: chat.version, text }),
    onSuccess: ({ message, undo_until, version }) => {
      draft.set("");
      keepLine(chat.id, { ...message, undo_until: message.undo_until ?? undo_until }, version);
    },
    onError: (error) => explain(error, "write"),
  });
}

export function ReplyBox({ chat, draft, area, onTyping, onSlash }: Props) {
  const { t } = useTranslation();
  const send = useSend(chat, draft);
  const open = chat.can.write && !isWindowOver(chat.packet.window, Date.now());
  const missing = unfilled(draft.text);
  const ready = open && draft.text.trim() !== "" && missing.length === 0 && !send.isPending;
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (ready) send.mutate(draft.text.trim());
    }
    // At the start of a word "/" searches; within one ("y/o", "12/10") it is a sign like others.
    const before = draft.text.slice(0, event.currentTarget.selectionStart);
    if (event.key === "/" && open && /(^|\s)$/.test(before)) {
      event.preventDefault();
      onSlash();
    }
  };
  // What was begun before stays readable, to be copied.
  if (!open && draft.text === "") return null;
  return (
    <>
      <textarea
        ref={area}
        className="field write"
        aria-label={t("composer.label")}
        placeholder={t("composer.placeholder")}
        value={draft.text}
        readOnly={!open || send.isPending}
        rows={2}
        onKeyDown={pressed}
        onChange={(event) => {
          draft.set(event.target.value);
          onTyping();
        }}
      />
      <div className="composer-foot">
        <PreviewLine chat={chat} text={open ? draft.text : ""} missing={missing} />
        <Button
          className="primary with-icon"
          isDisabled={!ready}
          onPress={() => send.mutate(draft.text.trim())}
        >
          <Icon name="send" size={18} />
          {send.isPending ? t("composer.sending") : t("composer.send")}
        </Button>
      </div>
    </>
  );
}
