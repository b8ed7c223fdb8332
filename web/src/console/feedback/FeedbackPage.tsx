// What people told of their own accord: to read, to mark as read, to note what becomes of it.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { feedback } from "../api/feedback";
import { KEYS } from "../api/keys";
import type { FeedbackFilter } from "../api/types";
import { Blank } from "../ui/Blank";
import { RadioOne } from "../ui/Choice";
import { Page } from "../ui/Page";
import { PagedList } from "../ui/PagedList";
import { EntryRow } from "./EntryRow";
import { filterOf, KINDS, type KindChoice, STATES, type StateChoice } from "./filter";
import "./feedback.css";

export function FeedbackPage() {
  const { t } = useTranslation();
  const [kind, setKind] = useState<KindChoice>("all");
  const [state, setState] = useState<StateChoice>("unread");
  const kinds: readonly KindChoice[] = ["all", ...KINDS];
  return (
    <Page title={t("feedback.title")} lead={t("feedback.lead")}>
      <div className="card">
        <div className="feedback-filters radios-in-line">
          <RadioOne<StateChoice>
            label={t("feedback.state")}
            value={state}
            onChange={setState}
            options={STATES.map((value) => ({ value, label: t(`feedback.${value}`) }))}
          />
          <RadioOne<KindChoice>
            label={t("feedback.kind")}
            value={kind}
            onChange={setKind}
            options={kinds.map((value) => ({ value, label: t(`feedback.${value}`) }))}
          />
        </div>
        <List filter={filterOf(kind, state)} />
      </div>
    </Page>
  );
}

function List({ filter }: { filter: FeedbackFilter }) {
  const { t } = useTranslation();
  const empty = filter.state === "unread" ? "feedback.emptyUnread" : "feedback.emptyRead";
  return (
    <PagedList
      queryKey={KEYS.feedbackList(filter)}
      load={(cursor) => feedback.list(filter, cursor)}
      rows={(page) => page.feedback}
      blank={<Blank icon="check" title={t(empty)} />}
      row={(entry) => <EntryRow key={entry.reference} entry={entry} />}
    />
  );
}
