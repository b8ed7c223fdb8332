// A message to try: what the assistant understands, and why.
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { training } from "../api/training";
import type { Explained } from "../api/types";
import { Intents } from "../desk/packet/Intents";
import "../desk/packet/packet.css";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Card } from "../ui/Page";
import { Problems } from "../ui/Problems";
import { decisionOf, named, namedBy, type Weighed, wasMended, weighed } from "./why";

/** As many letters as a message may have. */
const LONGEST = 4096;

export function TryMessage() {
  const { t, i18n } = useTranslation();
  const [text, setText] = useState("");
  const why = useMutation({ mutationFn: (typed: string) => training.explain(typed, i18n.language) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() && !why.isPending) why.mutate(text);
  };
  return (
    <Card title={t("training.why")}>
      <form className="stack" onSubmit={submit}>
        <p className="hint">{t("training.whyLead")}</p>
        <Field
          label={t("training.message")}
          value={text}
          onChange={setText}
          maxLength={LONGEST}
          autoComplete="off"
        />
        <div className="row">
          <Button type="submit" className="primary" isPending={why.isPending} isDisabled={!text.trim()}>
            {t(why.isPending ? "training.trying" : "training.try")}
          </Button>
        </div>
        <Problems error={why.error} />
      </form>
      <div role="status">{why.data && <Answer why={why.data} typed={why.variables} />}</div>
    </Card>
  );
}

function Answer({ why, typed }: { why: Explained; typed: string }) {
  const { t } = useTranslation();
  const { for: spoke, against } = weighed(why.words);
  const label = why.words_for?.title ?? "";
  return (
    <div className="why">
      <p>
        <strong>{t(`training.decision.${decisionOf(why)}`, { label: namedBy(why) })}</strong>
      </p>
      {wasMended(typed, why.read_as) && <p className="hint">{t("training.readAs", { text: why.read_as })}</p>}
      <Part title={t("training.alternatives")}>
        <Intents intents={why.intents} />
      </Part>
      <Part title={t("training.weighed", { label })}>
        {spoke.length > 0 ? <Words words={spoke} /> : <p>{t("training.noWords")}</p>}
      </Part>
      {against.length > 0 && (
        <Part title={t("training.against")}>
          <Words words={against} />
        </Part>
      )}
      <Part title={t("training.phrases")}>
        <Phrases phrases={why.phrases} />
      </Part>
      <Danger danger={why.danger} />
      <Entities entities={why.entities} />
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Words({ words }: { words: Weighed[] }) {
  const { t } = useTranslation();
  return (
    <ul className="row">
      {words.map(({ word, strength }) => (
        <li key={word} className={strength === "much" ? "badge good" : "badge"}>
          {t(`training.strength.${strength}`, { word })}
        </li>
      ))}
    </ul>
  );
}

function Phrases({ phrases }: Pick<Explained, "phrases">) {
  const { t } = useTranslation();
  if (phrases.length === 0) return <p>{t("training.noPhrases")}</p>;
  return (
    <ul>
      {phrases.map(({ text, intent, similarity }) => (
        <li key={`${intent.id} ${text}`}>
          «{text}»{" "}
          <span className="hint">
            {t("training.similarity", { label: intent.title, percent: Math.round(similarity * 100) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Danger({ danger: { signs, part } }: Pick<Explained, "danger">) {
  const { t } = useTranslation();
  if (signs.length === 0 && !part) return null;
  return (
    <Part title={t("training.dangerSigns")}>
      {part && <p>{t("training.dangerPart", { text: part })}</p>}
      <ul>
        {signs.map(({ words, weight, rule }) => (
          <li key={`${rule} ${words}`}>
            «{words}»: {t(`training.sign.${weight}`)}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Entities({ entities }: Pick<Explained, "entities">) {
  const { t } = useTranslation();
  const found = named(entities);
  if (found.length === 0) return null;
  return (
    <Part title={t("training.entities")}>
      <ul className="row">
        {found.map(({ kind, text }) => (
          <li key={`${kind} ${text}`} className="badge">
            {t(`training.entity.${kind}`)}: {text}
          </li>
        ))}
      </ul>
    </Part>
  );
}
