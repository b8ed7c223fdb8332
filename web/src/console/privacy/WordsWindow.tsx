import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { KEYS } from "../api/keys";
import { queries } from "../session/queries";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Problems } from "../ui/Problems";
import { Window } from "../ui/Window";

/** Letters that the server takes. */
const LONGEST = 600;

interface Props {
  title: string;
  lead: string;
  action: string;
  isOpen: boolean;
  onClose: () => void;
  act: (words: string) => Promise<unknown>;
}

/** An act that needs words, which the person is told as they stand. */
export function WordsWindow({ title, isOpen, onClose, ...form }: Props) {
  return (
    <Window title={title} isOpen={isOpen} onClose={onClose}>
      <Form {...form} onClose={onClose} />
    </Window>
  );
}

function Form({ lead, action, onClose, act }: Omit<Props, "title" | "isOpen">) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const acting = useMutation({
    mutationFn: () => act(words.trim()),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: KEYS.privacy });
    },
  });
  const empty = words.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!empty) acting.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{lead}</p>
      <Field
        label={t("privacy.one.words")}
        hint={t("privacy.one.wordsHint")}
        value={words}
        onChange={setWords}
        rows={4}
        isRequired
        maxLength={LONGEST}
        autoFocus
      />
      <Problems error={acting.error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" className="primary" isPending={acting.isPending} isDisabled={empty}>
          {action}
        </Button>
      </div>
    </form>
  );
}
