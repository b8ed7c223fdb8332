// The audit log, newest first, a page at a time.
import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AuditFilter, audit } from "../api/accounts";
import { KEYS } from "../api/keys";
import type { AuditRow } from "../api/types";
import { Blank } from "../ui/Blank";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Page } from "../ui/Page";
import { CouldNotLoad } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { useTimes } from "../ui/useTimes";

export function AuditPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<AuditFilter>({});
  return (
    <Page title={t("audit.title")} lead={t("audit.lead")}>
      {/* A filter that was taken from a row has to show in the fields too. */}
      <FilterForm key={JSON.stringify(filter)} filter={filter} onFilter={setFilter} />
      <Log filter={filter} onFilter={setFilter} />
    </Page>
  );
}

interface FilterProps {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
}

function tidy({ actor = "", action = "" }: AuditFilter): AuditFilter {
  return {
    ...(actor.trim() === "" ? {} : { actor: actor.trim() }),
    ...(action.trim() === "" ? {} : { action: action.trim() }),
  };
}

function FilterForm({ filter, onFilter }: FilterProps) {
  const { t } = useTranslation();
  const [action, setAction] = useState(filter.action ?? "");
  const [actor, setActor] = useState(filter.actor ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFilter(tidy({ actor, action }));
  };
  return (
    <form className="filters" onSubmit={submit}>
      <Field label={t("audit.action")} value={action} onChange={setAction} spellCheck="false" />
      <Field label={t("audit.actor")} value={actor} onChange={setActor} spellCheck="false" />
      <Button type="submit" className="quiet">
        {t("audit.filter")}
      </Button>
      {Object.keys(filter).length > 0 && (
        <Button className="quiet" onPress={() => onFilter({})}>
          {t("audit.clear")}
        </Button>
      )}
    </form>
  );
}

function Log({ filter, onFilter }: FilterProps) {
  const { t } = useTranslation();
  const log = useInfiniteQuery({
    queryKey: KEYS.audit(filter),
    queryFn: ({ pageParam }) => audit(filter, pageParam),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
  if (!log.data) {
    return log.error ? (
      <CouldNotLoad error={log.error} retry={() => void log.refetch()} />
    ) : (
      <Skeleton rows={8} />
    );
  }
  const rows = log.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return <Blank icon="audit" title={t("audit.empty")} />;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="table-frame" tabIndex={0} aria-label={t("audit.title")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("audit.when")}</th>
              <th scope="col">{t("audit.who")}</th>
              <th scope="col">{t("audit.what")}</th>
              <th scope="col">{t("audit.subject")}</th>
              <th scope="col">{t("audit.detail")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.seq} row={row} filter={filter} onFilter={onFilter} />
            ))}
          </tbody>
        </table>
      </section>
      {log.hasNextPage && (
        <Button
          className="quiet more"
          isPending={log.isFetchingNextPage}
          onPress={() => void log.fetchNextPage()}
        >
          {t("common.more")}
        </Button>
      )}
    </>
  );
}

function Row({ row, filter, onFilter }: FilterProps & { row: AuditRow }) {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const { actor, action } = row;
  const name = row.actor_name ?? actor ?? t("audit.system");
  return (
    <tr>
      <td className="numbers">{moment(row.at)}</td>
      <td>
        {actor ? (
          <Button
            className="as-link"
            aria-label={t("audit.byThis", { name })}
            onPress={() => onFilter({ ...filter, actor })}
          >
            {name}
          </Button>
        ) : (
          name
        )}
      </td>
      <td>
        <Button
          className="as-link"
          aria-label={t("audit.ofThis", { action })}
          onPress={() => onFilter({ ...filter, action })}
        >
          <code>{action}</code>
        </Button>
      </td>
      <td className="breaks">{row.subject}</td>
      <td className="breaks">
        <Detail detail={row.detail} />
      </td>
    </tr>
  );
}

function Detail({ detail }: { detail: unknown }) {
  if (detail === null || detail === undefined) return null;
  if (typeof detail !== "object") return String(detail);
  return Object.entries(detail).map(([name, value]) => (
    <span key={name} className="pair">
      <span className="hint">{name}:</span> {typeof value === "string" ? value : JSON.stringify(value)}
    </span>
  ));
}
