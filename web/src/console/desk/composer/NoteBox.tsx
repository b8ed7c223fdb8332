import { useMutation } from "@tanstack/react-query";
import type { KeyboardEvent, RefObject } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { Icon } from "../../ui/Icon";
import { keepLine, useExplain } from "../chats";
import { useSay } from "../say";
import { useDraft } from "./useDraft";

interface Props {
  chat: string;
  area: RefObject<HTMLTextAreaElement | null>;
  onTyping: () => void;
  /** Back to answering: a note is the exception. */
  onSaved: () => void;
}

export function NoteBox({ chat, area, onTyping, onSaved }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const explain = useExplain(chat);
  const draft = useDraft(chat, "note");
  const save = useMutation({
    mutationFn: (text: string) => desk.note(chat, text),
    onSuccess: (line) => {
      draft.set("");
      keepLine(chat, line);
      say(t("composer.noteSaved"));
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
        <Icon name="lock" size={16} />
        {t("composer.noteWarning")}
      </p>
      <textarea
        ref={area}
        className="field write"
        aria-label={t("composer.noteLabel")}
        placeholder={t("composer.notePlaceholder")}
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
          {t("composer.saveNote")}
        </Button>
      </div>
    </>
  );
}
