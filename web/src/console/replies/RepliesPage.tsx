// The saved replies of the desk: to list, write, change and remove.
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { desk } from "../api/desk";
import { KEYS } from "../api/keys";
import type { Reply } from "../api/types";
import { queries } from "../session/queries";
import { Blank } from "../ui/Blank";
import { Field } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { CouldNotLoad } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { Confirm } from "../ui/Window";
import { ReplyWindow } from "./ReplyWindow";
import "./replies.css";

type Open = { what: "make" } | { what: "change" | "remove"; reply: Reply } | null;

export function RepliesPage() {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Page
      title={t("replies.title")}
      lead={t("replies.lead")}
      action={
        <Button className="primary with-icon" onPress={() => setOpen({ what: "make" })}>
          <Icon name="plus" />
          {t("replies.make")}
        </Button>
      }
    >
      <div className="card">
        <Field label={t("replies.search")} value={words} onChange={setWords} type="search" />
        <List words={words.trim()} onOpen={setOpen} />
      </div>
      {open?.what === "make" && <ReplyWindow reply={null} onClose={close} />}
      {open?.what === "change" && <ReplyWindow reply={open.reply} onClose={close} />}
      {open?.what === "remove" && <Remove reply={open.reply} onClose={close} />}
    </Page>
  );
}

function List({ words, onOpen }: { words: string; onOpen: (open: Open) => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.repliesWith(words),
    queryFn: () => desk.replies(words),
    placeholderData: keepPreviousData,
  });
  if (!data)
    return error ? <CouldNotLoad error={error} retry={() => void refetch()} /> : <Skeleton rows={4} />;
  if (data.replies.length === 0)
    return <Blank icon="saved" title={words === "" ? t("replies.empty") : t("replies.noMatch")} />;
  return (
    <ul className="plain-list">
      {data.replies.map((reply) => (
        <Row key={reply.id} reply={reply} onOpen={onOpen} />
      ))}
    </ul>
  );
}

function Row({ reply, onOpen }: { reply: Reply; onOpen: (open: Open) => void }) {
  const { t } = useTranslation();
  const { shortcut, title, text, language } = reply;
  return (
    <li>
      <div className="reply">
        <strong>{title}</strong>
        <p className="reply-signs">
          <kbd>/{shortcut}</kbd> <span className="badge">{language.toUpperCase()}</span>
        </p>
        <p className="reply-text" lang={language}>
          {text}
        </p>
      </div>
      <div className="row">
        <Button
          className="quiet"
          aria-label={`${t("replies.change")}: ${title}`}
          onPress={() => onOpen({ what: "change", reply })}
        >
          {t("replies.change")}
        </Button>
        <Button
          className="quiet"
          aria-label={`${t("replies.remove")}: ${title}`}
          onPress={() => onOpen({ what: "remove", reply })}
        >
          {t("replies.remove")}
        </Button>
      </div>
    </li>
  );
}

function Remove({ reply: { id, title }, onClose }: { reply: Reply; onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useMutation({
    mutationFn: () => desk.removeReply(id),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: KEYS.replies });
      onClose();
    },
  });
  return (
    <Confirm
      title={t("replies.removeTitle", { title })}
      lead={t("replies.removeLead")}
      action={t("replies.remove")}
      isOpen
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => remove.mutate()}
    />
  );
}
