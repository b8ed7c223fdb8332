import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { KEYS } from "../api/keys";
import { training } from "../api/training";
import type { Example, ExampleState, Review } from "../api/types";
import { queries } from "../session/queries";
import { Problems } from "../ui/Problems";
import { SearchOne } from "../ui/SearchOne";
import { useTimes } from "../ui/useTimes";

/** One example: what was said, what it means, and what becomes of it. */
export function ExampleRow({ example }: { example: Example }) {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const review = useMutation({
    mutationFn: (body: Review) => training.review(example.id, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEYS.training }),
  });
  const { kind, text, language, note, by, at, reviewed_by } = example;
  return (
    <li className="example">
      <div className="listed">
        <span className="badge">{t(`training.${kind}`)}</span>
        <p className="example-text" lang={language}>
          {text}
        </p>
        {note && <p>{note}</p>}
        {kind === "means" && (
          <Meaning example={example} onChange={(intent) => review.mutate({ state: example.state, intent })} />
        )}
        <p className="hint">
          {t("training.by", { name: by, time: moment(at) })}
          {reviewed_by && ` · ${t("training.reviewed", { name: reviewed_by })}`}
        </p>
        <Problems error={review.error} />
      </div>
      <Decide
        example={example}
        busy={review.isPending}
        onState={(state) => review.mutate({ state, intent: example.intent })}
      />
    </li>
  );
}

function Meaning({ example, onChange }: { example: Example; onChange: (intent: string) => void }) {
  const { t, i18n } = useTranslation();
  const { data } = useQuery({
    queryKey: KEYS.trainingIntents(i18n.language),
    queryFn: () => training.intents(i18n.language),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data) return <p>{example.title ?? example.intent}</p>;
  return (
    <SearchOne
      label={t("training.intent")}
      none={t("deeds.noMatch")}
      value={example.intent}
      onChange={(intent) => {
        if (intent && intent !== example.intent) onChange(intent);
      }}
      options={data.intents.map(({ id, title }) => ({ value: id, label: title }))}
    />
  );
}

interface DecideProps {
  example: Example;
  busy: boolean;
  onState: (state: ExampleState) => void;
}

function Decide({ example: { state, text }, busy, onState }: DecideProps) {
  const { t } = useTranslation();
  if (state !== "new")
    return (
      <Button
        className="quiet"
        isDisabled={busy}
        aria-label={t("training.reopenOf", { text })}
        onPress={() => onState("new")}
      >
        {t("training.reopen")}
      </Button>
    );
  return (
    <div className="row">
      <Button
        className="primary"
        isDisabled={busy}
        aria-label={t("training.acceptOf", { text })}
        onPress={() => onState("accepted")}
      >
        {t("training.accept")}
      </Button>
      <Button
        className="quiet"
        isDisabled={busy}
        aria-label={t("training.rejectOf", { text })}
        onPress={() => onState("rejected")}
      >
        {t("training.reject")}
      </Button>
    </div>
  );
}
