// Adding to a report of theirs that is open: what they told in the chat, a photo, or both.
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { deeds } from "../../api/deeds";
import { KEYS } from "../../api/keys";
import type { ReportForm as Known } from "../../api/types";
import { RadioOne } from "../../ui/Choice";
import { Field } from "../../ui/Field";
import { CouldNotLoad } from "../../ui/Problems";
import { Skeleton } from "../../ui/Skeleton";
import { FormFoot, type FormProps } from "./DeedWindow";
import { PhotoChoice } from "./PhotoChoice";
import { useDeed } from "./useDeed";

export function AppendForm(props: FormProps) {
  const { i18n } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.reportForm(props.chat.id, i18n.language),
    queryFn: () => deeds.reportForm(props.chat.id, i18n.language),
    // What is being written is not taken away by a newer message.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (!data)
    return error ? <CouldNotLoad error={error} retry={() => void refetch()} /> : <Skeleton rows={4} />;
  return <Form {...props} known={data} />;
}

function Form({ chat, onClose, known }: FormProps & { known: Known }) {
  const { t } = useTranslation();
  const [folio, setFolio] = useState(known.open[0]?.folio ?? "");
  const [words, setWords] = useState("");
  const [photo, setPhoto] = useState<string | null>(null);
  const append = useDeed(
    chat.id,
    () => deeds.appendReport(chat.id, { version: chat.version, folio, words: words.trim(), photo }),
    (done) => t("deeds.appended", { folio: done.folio }),
    onClose,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    append.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{known.open.length > 0 ? t("deeds.appendLead") : t("deeds.appendNone")}</p>
      {known.open.length > 0 && (
        <>
          <RadioOne
            label={t("deeds.appendWhich")}
            options={known.open.map((one) => ({
              value: one.folio,
              label: `${one.folio} · ${one.name} (${one.state_label})`,
            }))}
            value={folio}
            onChange={setFolio}
          />
          <Field label={t("deeds.description")} value={words} onChange={setWords} maxLength={1000} rows={3} />
          <PhotoChoice photos={known.photos} value={photo} onChange={setPhoto} />
        </>
      )}
      <FormFoot
        error={append.error}
        busy={append.isPending}
        ready={folio !== "" && (words.trim() !== "" || photo !== null)}
        action={t("deeds.appendSubmit")}
        onClose={onClose}
      />
    </form>
  );
}
