import { useMutation } from "@tanstack/react-query";
import type { KeyboardEvent, RefObject } from "react";
import { Button, DropZone } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import type { Chat } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { AttachTray } from "../attach/AttachTray";
import { isReady, partOf } from "../attach/attachment";
import type { AttachmentBox } from "../attach/useAttachment";
import { keepLine, useExplain } from "../chats";
import { useSay } from "../say";
import { isWindowOver } from "./blocked";
import { PreviewLine } from "./PreviewLine";
import type { DraftText } from "./useDraft";
import { unfilled } from "./variables";

interface Props {
  chat: Chat;
  draft: DraftText;
  box: AttachmentBox;
  area: RefObject<HTMLTextAreaElement | null>;
  onTyping: () => void;
  onSlash: () => void;
}

function useSend(chat: Chat, draft: DraftText, box: AttachmentBox) {
  const { t } = useTranslation();
  const say = useSay();
  const explain = useExplain(chat.id);
  return useMutation({
    mutationFn: (text: string) => desk.send(chat.id, { version: chat.version, text, ...partOf(box.now) }),
    onSuccess: ({ message, undo_until, version }) => {
      draft.set("");
      box.clear();
      const proposed = message.kind === "proposal";
      const until = proposed ? null : (message.undo_until ?? undo_until);
      keepLine(chat.id, { ...message, undo_until: until }, version);
      if (proposed) say(t("approval.asked"));
    },
    onError: (error) => explain(error, "write"),
  });
}

export function ReplyBox({ chat, draft, box, area, onTyping, onSlash }: Props) {
  const { t } = useTranslation();
  const send = useSend(chat, draft, box);
  const open = chat.can.write && !isWindowOver(chat.packet.window, Date.now());
  const missing = unfilled(draft.text);
  const ready = open && isReady(draft.text, box.now) && missing.length === 0 && !send.isPending;
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
  if (!open && draft.text === "" && box.now.state === "none") return null;
  return (
    <DropZone
      className="drop-here"
      aria-label={t("files.drop")}
      getDropOperation={() => (open ? "copy" : "cancel")}
      onDrop={({ items }) => {
        const dropped = items.find((item) => item.kind === "file");
        if (dropped) void dropped.getFile().then(box.choose);
      }}
    >
      <AttachTray box={box} />
      <textarea
        ref={area}
        className="field write"
        aria-label={t("composer.label")}
        placeholder={t("composer.placeholder")}
        value={draft.text}
        readOnly={!open || send.isPending}
        rows={2}
        onKeyDown={pressed}
        onPaste={(event) => {
          const [file] = event.clipboardData.files;
          if (!file || !open) return;
          event.preventDefault();
          box.choose(file);
        }}
        onChange={(event) => {
          draft.set(event.target.value);
          onTyping();
        }}
      />
      {chat.can.proposes && (
        <p className="approval-hint">
          <Icon name="eye" size={16} />
          {t("approval.hint")}
        </p>
      )}
      <div className="composer-foot">
        <PreviewLine chat={chat} text={open ? draft.text : ""} missing={missing} />
        <Button
          className="primary with-icon"
          isDisabled={!ready}
          onPress={() => send.mutate(draft.text.trim())}
        >
          <Icon name="send" size={18} />
          {send.isPending ? t("composer.sending") : t(chat.can.proposes ? "approval.ask" : "composer.send")}
        </Button>
      </div>
    </DropZone>
  );
}
