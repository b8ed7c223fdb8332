import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { deeds } from "../../api/deeds";
import { KEYS } from "../../api/keys";
import type { Template } from "../../api/types";
import { Blank } from "../../ui/Blank";
import { SelectOne } from "../../ui/Choice";
import { Field } from "../../ui/Field";
import { CouldNotLoad } from "../../ui/Problems";
import { Skeleton } from "../../ui/Skeleton";
import { FormFoot, type FormProps } from "./DeedWindow";
import { filled, isFilled, priceOf } from "./filling";
import { useDeed } from "./useDeed";

export function TemplateForm(props: FormProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.templates(props.chat.id),
    queryFn: () => deeds.templates(props.chat.id),
  });
  if (!data)
    return error ? <CouldNotLoad error={error} retry={() => void refetch()} /> : <Skeleton rows={3} />;
  if (data.templates.length === 0) return <Blank icon="saved" title={t("deeds.templateNone")} />;
  return <Form {...props} templates={data.templates} />;
}

const idOf = ({ name, language }: Template) => `${name}/${language}`;

function Form({ chat, onClose, templates }: FormProps & { templates: readonly Template[] }) {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState(templates[0]);
  const [values, setValues] = useState<readonly string[]>([]);
  const choose = (id: string) => {
    setChosen(templates.find((template) => idOf(template) === id));
    setValues([]);
  };
  const send = useDeed(
    chat.id,
    () => {
      const { name = "", language = "" } = chosen ?? {};
      return deeds.sendTemplate(chat.id, { version: chat.version, name, language, values: [...values] });
    },
    () => t("deeds.templateSent"),
    onClose,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("deeds.templateLead")}</p>
      <SelectOne
        label={t("deeds.templateLabel")}
        value={chosen ? idOf(chosen) : null}
        onChange={choose}
        options={templates.map((one) => ({ value: idOf(one), label: one.name, hint: one.language }))}
      />
      {chosen?.places.map(({ key, label }, at) => (
        <Field
          key={`${idOf(chosen)}/${key}`}
          label={label}
          value={values[at] ?? ""}
          onChange={(value) => setValues(chosen.places.map((_, n) => (n === at ? value : (values[n] ?? ""))))}
          maxLength={200}
        />
      ))}
      {chosen && (
        <figure className="template-preview">
          <figcaption className="hint">
            {t("deeds.templatePreview")}
            {chosen.cost && ` · ${t("composer.cost", { price: priceOf(chosen.cost, i18n.language) })}`}
          </figcaption>
          <p aria-live="polite">{filled(chosen, values)}</p>
        </figure>
      )}
      <FormFoot
        error={send.error}
        busy={send.isPending}
        ready={chosen !== undefined && isFilled(chosen, values)}
        action={t("deeds.templateSubmit")}
        onClose={onClose}
      />
    </form>
  );
}
