// What people ask about their own data: what is due first comes first, overdue ones above all.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { KEYS } from "../api/keys";
import { privacy } from "../api/privacy";
import type { PrivacyRow, PrivacyWhich } from "../api/types";
import { Blank } from "../ui/Blank";
import { RadioOne } from "../ui/Choice";
import { Page } from "../ui/Page";
import { CouldNotLoad } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
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
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: KEYS.privacyList(which),
    queryFn: ({ pageParam }) => privacy.list(which, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  if (!data)
    return error ? <CouldNotLoad error={error} retry={() => void refetch()} /> : <Skeleton rows={4} />;
  const requests = data.pages.flatMap((page) => page.requests);
  if (requests.length === 0)
    return <Blank icon="check" title={t(which === "open" ? "privacy.emptyOpen" : "privacy.emptyOver")} />;
  return (
    <>
      <ul className="plain-list">
        {requests.map((request) => (
          <Row key={request.reference} request={request} />
        ))}
      </ul>
      {hasNextPage && (
        <Button className="quiet" isDisabled={isFetchingNextPage} onPress={() => void fetchNextPage()}>
          {t("common.more")}
        </Button>
      )}
    </>
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
