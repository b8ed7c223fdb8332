// A report in the citizen's name. What the bot learnt and what was said stands in the form already.
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { deeds } from "../../api/deeds";
import { KEYS } from "../../api/keys";
import type { Chat, ReportForm as Known, Reportable } from "../../api/types";
import { RadioOne, SelectOne } from "../../ui/Choice";
import { Field } from "../../ui/Field";
import { Icon } from "../../ui/Icon";
import { CouldNotLoad } from "../../ui/Problems";
import { SearchOne } from "../../ui/SearchOne";
import { Skeleton } from "../../ui/Skeleton";
import { FormFoot, type FormProps } from "./DeedWindow";
import { PhotoChoice } from "./PhotoChoice";
import { bodyOf, startOf, type Written } from "./report";
import { useDeed } from "./useDeed";

export function ReportForm(props: FormProps) {
  const { i18n } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.reportForm(props.chat.id, i18n.language),
    queryFn: () => deeds.reportForm(props.chat.id, i18n.language),
    // What is being written is not taken away by a newer message.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (!data)
    return error ? <CouldNotLoad error={error} retry={() => void refetch()} /> : <Skeleton rows={5} />;
  return <Form {...props} known={data} />;
}

function useFile(chat: Chat, written: Written, onDone: () => void) {
  const { t } = useTranslation();
  return useDeed(
    chat.id,
    () => deeds.fileReport(chat.id, bodyOf(written, chat.version)),
    ({ folio }) => t("deeds.filed", { folio }),
    onDone,
  );
}

function Form({ chat, onClose, known }: FormProps & { known: Known }) {
  const { t } = useTranslation();
  const [written, setWritten] = useState(() => startOf(known));
  const set = (change: Partial<Written>) => setWritten((before) => ({ ...before, ...change }));
  const file = useFile(chat, written, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    file.mutate();
  };
  const category = known.categories.find(({ id }) => id === written.category);
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("deeds.reportLead")}</p>
      <SearchOne
        label={t("deeds.category")}
        placeholder={t("deeds.categorySearch")}
        none={t("deeds.noMatch")}
        value={written.category}
        onChange={(chosen) => set({ category: chosen, details: {} })}
        options={known.categories.map(({ id, name, group }) => ({ value: id, label: name, hint: group }))}
      />
      {category && <Questions category={category} written={written} set={set} />}
      <Field
        label={t("deeds.description")}
        value={written.description}
        onChange={(description) => set({ description })}
        maxLength={1000}
        rows={3}
      />
      <Field
        label={t("deeds.place")}
        hint={t("deeds.placeHint")}
        value={written.text}
        onChange={(text) => set({ text })}
        maxLength={300}
      />
      <PinLine written={written} set={set} />
      <PhotoChoice photos={known.photos} value={written.photo} onChange={(photo) => set({ photo })} />
      <FormFoot
        error={file.error}
        busy={file.isPending}
        ready={written.category !== null && (written.text.trim() !== "" || written.pin !== null)}
        action={t("deeds.reportSubmit")}
        onClose={onClose}
      />
    </form>
  );
}

interface PartProps {
  written: Written;
  set: (change: Partial<Written>) => void;
}

function PinLine({ written, set }: PartProps) {
  const { t } = useTranslation();
  if (!written.pin) return null;
  const [lat, lon] = written.pin.map((degrees) => degrees.toFixed(5));
  return (
    <p className="pin-line">
      <Icon name="pin" size={17} />
      <span>{t("deeds.pin", { lat, lon })}</span>
      <Button className="plain" aria-label={t("deeds.dropPin")} onPress={() => set({ pin: null })}>
        <Icon name="cross" size={17} />
      </Button>
    </p>
  );
}

function Questions({ category, written, set }: PartProps & { category: Reportable }) {
  const { t } = useTranslation();
  return category.questions.map(({ id, ask, kind, options }) => {
    const value = written.details[id] ?? "";
    const change = (said: string) => set({ details: { ...written.details, [id]: said } });
    const answers = options.map((option) => ({ value: option.id, label: option.label }));
    if (kind !== "choice")
      return <Field key={id} label={ask} value={value} onChange={change} maxLength={200} />;
    const all = [...answers, { value: "", label: t("deeds.unanswered") }];
    if (answers.length > 4)
      return <SelectOne key={id} label={ask} options={all} value={value} onChange={change} />;
    return <RadioOne key={id} label={ask} options={all} value={value} onChange={change} />;
  });
}
