// One request about somebody's own data: what it asks, until when, and deciding it. Who it is stays unsaid.
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { KEYS } from "../api/keys";
import { privacy } from "../api/privacy";
import type { PrivacyRequest } from "../api/types";
import { Icon } from "../ui/Icon";
import { Card, Page } from "../ui/Page";
import { CouldNotLoad } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { useTimes } from "../ui/useTimes";
import { Decide } from "./Decide";
import { TermSign } from "./TermSign";
import "./privacy.css";

export function RequestPage() {
  const { t } = useTranslation();
  const { reference = "" } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.privacyRequest(reference),
    queryFn: () => privacy.one(reference),
  });
  return (
    <Page title={t("privacy.one.title", { reference })} action={<Back />}>
      {data ? (
        <>
          <Facts request={data} />
          {data.state === "open" && <Decide request={data} />}
        </>
      ) : error ? (
        <CouldNotLoad error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton rows={4} kind="card" />
      )}
    </Page>
  );
}

function Back() {
  const { t } = useTranslation();
  return (
    <Link to="/privacy" className="button quiet with-icon">
      <Icon name="back" size={18} />
      {t("common.back")}
    </Link>
  );
}

function Facts({ request }: { request: PrivacyRequest }) {
  const { t } = useTranslation();
  const { moment, date } = useTimes();
  const { kind, folio, decided_by, reason } = request;
  return (
    <Card title={t("privacy.one.facts")}>
      <p>
        <TermSign request={request} />
      </p>
      <dl className="privacy-facts">
        <Fact name={t("privacy.one.kind")}>{t(`privacy.kind.${kind}`)}</Fact>
        <Fact name={t("privacy.one.asked")}>{moment(request.asked_at)}</Fact>
        <Fact name={t("privacy.one.answerBy")}>{date(request.answer_by)}</Fact>
        <Fact name={t("privacy.one.carryOutBy")}>{date(request.carry_out_by)}</Fact>
        <Fact name={t("privacy.one.proof")}>
          {folio === null ? t("privacy.one.noReport") : t("privacy.one.pin", { folio })}
        </Fact>
        {decided_by !== null && <Fact name={t("privacy.one.by")}>{decided_by}</Fact>}
        {reason !== null && <Fact name={t("privacy.one.told")}>{reason}</Fact>}
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
