// What people ask about their own data: what is due first comes first, overdue ones above all.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { KEYS } from "../api/keys";
import { privacy } from "../api/privacy";
import type { PrivacyRow, PrivacyWhich } from "../api/types";
import { Blank } from "../ui/Blank";
import { RadioOne } from "../ui/Choice";
import { Page } from "../ui/Page";
import { PagedList } from "../ui/PagedList";
import { useTimes } from "../ui/useTimes";
import { TermSign } from "./TermSign";

const WHICH = ["open", "over"] as const satisfies readonly PrivacyWhich[];
type Shown = (typeof WHICH)[number];

export function PrivacyPage() {
  const { t } = useTranslation();
  const [which, setWhich] = useState<Shown>("open");
  return (
    <Page title={t("privacy.title")} lead={t("privacy.lead")}>
      <div className="card">
        <div className="radios-in-line">
          <RadioOne<Shown>
            label={t("privacy.which")}
            value={which}
            onChange={setWhich}
            options={WHICH.map((value) => ({ value, label: t(`privacy.${value}`) }))}
          />
        </div>
        <List which={which} />
      </div>
    </Page>
  );
}

function List({ which }: { which: Shown }) {
  const { t } = useTranslation();
  return (
    <PagedList
      queryKey={KEYS.privacyList(which)}
      load={(cursor) => privacy.list(which, cursor)}
      rows={(page) => page.requests}
      blank={<Blank icon="check" title={t(which === "open" ? "privacy.emptyOpen" : "privacy.emptyOver")} />}
      row={(request) => <Row key={request.reference} request={request} />}
    />
  );
}

function Row({ request }: { request: PrivacyRow }) {
  const { t } = useTranslation();
  const { date } = useTimes();
  const { reference, kind, state, asked_at, answer_by } = request;
  return (
    <li>
      <div className="listed">
        <Link to={`/privacy/${reference}`}>
          <strong>{reference}</strong>
        </Link>
        <p>{t(`privacy.kind.${kind}`)}</p>
        <p className="hint">
          {t("privacy.asked", { date: date(asked_at) })}
          {state === "open" && ` · ${t("privacy.due", { date: date(answer_by) })}`}
        </p>
      </div>
      <TermSign request={request} />
    </li>
  );
}
