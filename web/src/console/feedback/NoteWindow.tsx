import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { feedback } from "../api/feedback";
import { KEYS } from "../api/keys";
import type { FeedbackEntry } from "../api/types";
import { queries } from "../session/queries";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Problems } from "../ui/Problems";
import { Window } from "../ui/Window";

/** Letters that the server takes. */
const LONGEST = 500;

interface Props {
  entry: FeedbackEntry;
  isOpen: boolean;
  onClose: () => void;
}

/** What colleagues shall know of what somebody told. */
export function NoteWindow({ entry, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Window title={t("feedback.noteTitle", { reference: entry.reference })} isOpen={isOpen} onClose={onClose}>
      <Form entry={entry} onClose={onClose} />
    </Window>
  );
}

function Form({ entry: { reference, note }, onClose }: Omit<Props, "isOpen">) {
  const { t } = useTranslation();
  const [text, setText] = useState(note ?? "");
  const saving = useMutation({
    mutationFn: () => feedback.change(reference, { note: text.trim() }),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: KEYS.feedback });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("feedback.noteLead")}</p>
      <Field
        label={t("feedback.note")}
        hint={t("feedback.noteHint")}
        value={text}
        onChange={setText}
        rows={4}
        maxLength={LONGEST}
        autoFocus
      />
      <Problems error={saving.error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" className="primary" isPending={saving.isPending}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
