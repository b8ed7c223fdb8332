import { useMutation } from "@tanstack/react-query";
import type { KeyboardEvent, RefObject } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import type { Chat } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { keepLine, useExplain } from "../chats";
import { useSay } from "../say";
import { useDraft } from "./useDraft";

interface Props {
  chat: Chat;
  /** A note is for everybody of the team, a whisper for who attends. */
  kind: "note" | "whisper";
  area: RefObject<HTMLTextAreaElement | null>;
  onTyping: () => void;
  /** Back to answering: a note is the exception. */
  onSaved: () => void;
}

const WORDS = {
  note: {
    warning: "composer.noteWarning",
    label: "composer.noteLabel",
    placeholder: "composer.notePlaceholder",
    save: "composer.saveNote",
    saved: "composer.noteSaved",
  },
  whisper: {
    warning: "whisper.warning",
    label: "whisper.label",
    placeholder: "whisper.placeholder",
    save: "whisper.say",
    saved: "whisper.said",
  },
} as const;

export function NoteBox({ chat: { id, holder }, kind, area, onTyping, onSaved }: Props) {
  const words = WORDS[kind];
  const name = holder?.name ?? "";
  const { t } = useTranslation();
  const say = useSay();
  const explain = useExplain(id);
  const draft = useDraft(id, kind);
  const save = useMutation({
    mutationFn: (text: string) => desk[kind](id, text),
    onSuccess: (line) => {
      draft.set("");
      keepLine(id, line);
      say(t(words.saved, { name }));
      onSaved();
    },
    onError: (error) => explain(error, "write"),
  });
  const ready = draft.text.trim() !== "" && !save.isPending;
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (ready) save.mutate(draft.text.trim());
  };
  return (
    <>
      <p className="note-warning">
        <Icon name={kind === "note" ? "lock" : "bell"} size={16} />
        {t(words.warning, { name })}
      </p>
      <textarea
        ref={area}
        className="field write"
        aria-label={t(words.label, { name })}
        placeholder={t(words.placeholder)}
        value={draft.text}
        readOnly={save.isPending}
        rows={2}
        onKeyDown={pressed}
        onChange={(event) => {
          draft.set(event.target.value);
          onTyping();
        }}
      />
      <div className="composer-foot">
        <p className="preview">{t("composer.keys")}</p>
        <Button
          className="note-save with-icon"
          isDisabled={!ready}
          onPress={() => save.mutate(draft.text.trim())}
        >
          <Icon name="note" size={18} />
          {t(words.save)}
        </Button>
      </div>
    </>
  );
}
