// What colleagues saw the assistant misunderstand: to be taken, left or put right, and downloaded for the intents' files;
// and a message to try.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { KEYS } from "../api/keys";
import { EXPORT_URL, training } from "../api/training";
import type { ExampleState } from "../api/types";
import { Blank } from "../ui/Blank";
import { RadioOne } from "../ui/Choice";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { PagedList } from "../ui/PagedList";
import { ExampleRow } from "./ExampleRow";
import { TryMessage } from "./TryMessage";
import "./training.css";

const STATES = ["new", "accepted", "rejected"] as const satisfies readonly ExampleState[];

export function TrainingPage() {
  const { t } = useTranslation();
  const [state, setState] = useState<ExampleState>("new");
  return (
    <Page
      title={t("training.title")}
      lead={t("training.lead")}
      action={
        <a className="button quiet with-icon" href={EXPORT_URL} download>
          <Icon name="down" size={18} />
          {t("training.export")}
        </a>
      }
    >
      <TryMessage />
      <div className="card">
        <div className="radios-in-line">
          <RadioOne<ExampleState>
            label={t("training.state")}
            value={state}
            onChange={setState}
            options={STATES.map((value) => ({ value, label: t(`training.${value}`) }))}
          />
        </div>
        <List state={state} />
      </div>
    </Page>
  );
}

function List({ state }: { state: ExampleState }) {
  const { t, i18n } = useTranslation();
  return (
    <PagedList
      queryKey={KEYS.examples(state, i18n.language)}
      load={(cursor) => training.list(state, i18n.language, cursor)}
      rows={(page) => page.examples}
      blank={<Blank icon="teach" title={t(state === "new" ? "training.emptyNew" : "training.emptyOther")} />}
      row={(example) => <ExampleRow key={example.id} example={example} />}
    />
  );
}
