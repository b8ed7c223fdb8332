// What a message meant, or what was wrong with an answer: into the training inbox.
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { deeds } from "../../api/deeds";
import { KEYS } from "../../api/keys";
import type { Line } from "../../api/types";
import { Field } from "../../ui/Field";
import { SearchOne } from "../../ui/SearchOne";
import { Window } from "../../ui/Window";
import { useSay } from "../say";
import { FormFoot } from "./DeedWindow";

interface Props {
  chat: string;
  line: Line;
  isOpen: boolean;
  onClose: () => void;
}

export function TeachWindow(props: Props) {
  const { t } = useTranslation();
  const title = t(props.line.who === "bot" ? "deeds.wrongTitle" : "deeds.teachTitle");
  return (
    <Window title={title} isOpen={props.isOpen} onClose={props.onClose}>
      <Form {...props} />
    </Window>
  );
}

function Form({ chat, line, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const say = useSay();
  const wrong = line.who === "bot";
  const [said, setSaid] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: KEYS.intents(i18n.language),
    queryFn: () => deeds.intents(i18n.language),
    enabled: !wrong,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const teach = useMutation({
    mutationFn: (word: string) =>
      deeds.teach(chat, { line: line.id, what: wrong ? { wrong: word } : { means: word } }),
    onSuccess: () => {
      say(t("deeds.taught"));
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (said) teach.mutate(said.trim());
  };
  return (
    <form className="stack" onSubmit={submit}>
      <blockquote className="taught-words">{line.text ?? line.transcript}</blockquote>
      {wrong ? (
        <Field
          label={t("deeds.wrongNote")}
          value={said ?? ""}
          onChange={setSaid}
          maxLength={500}
          rows={2}
          autoFocus
        />
      ) : (
        <SearchOne
          key={data ? "known" : "unknown"}
          label={t("deeds.means")}
          placeholder={t("deeds.meansSearch")}
          none={data ? t("deeds.noMatch") : t("common.loading")}
          value={said}
          onChange={setSaid}
          options={(data?.intents ?? []).map(({ id, title }) => ({ value: id, label: title }))}
        />
      )}
      <p className="hint">{t("deeds.teachLead")}</p>
      <FormFoot
        error={teach.error}
        busy={teach.isPending}
        ready={(said ?? "").trim() !== ""}
        action={t("deeds.teachSubmit")}
        onClose={onClose}
      />
    </form>
  );
}
