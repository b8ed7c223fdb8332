// Trays and filters. They stand in the address, so that a link leads to the same list.
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { SetURLSearchParams } from "react-router";
import { board } from "../api/board";
import { KEYS } from "../api/keys";
import type { BoardCounts, BoardFilter, BoardQueue } from "../api/types";
import { useMay } from "../session/session";
import { SelectOne } from "../ui/Choice";
import { Field } from "../ui/Field";
import { useDepartments } from "../ui/useDepartments";
import { filterOf, QUEUES, setFilters, withField } from "./filter";
import { useForm } from "./useForm";

interface Props {
  search: URLSearchParams;
  setSearch: SetURLSearchParams;
}

/** How many a tray has; closed ones are not counted. */
function countOf(counts: BoardCounts | undefined, queue: BoardQueue): number | null {
  if (!counts || queue === "closed" || queue === "all") return null;
  return counts[queue];
}

export function Trays({ search, setSearch }: Props) {
  const { t } = useTranslation();
  const moderates = useMay("reports.moderate");
  const { data } = useQuery({ queryKey: KEYS.boardCounts, queryFn: () => board.counts() });
  const chosen = filterOf(search).queue;
  const shown = QUEUES.filter((queue) => {
    if (queue === "moderation") return moderates;
    return queue !== "escalated" || queue === chosen || (data?.escalated ?? 0) > 0;
  });
  return (
    <nav className="trays" aria-label={t("board.tabs")}>
      {shown.map((queue) => {
        const count = countOf(data, queue);
        return (
          <button
            key={queue}
            type="button"
            className="tray"
            aria-current={queue === chosen ? "true" : undefined}
            onClick={() => setSearch(withField(search, "queue", queue === "open" ? "" : queue))}
          >
            {t(`board.tab.${queue}`)}
            {count !== null && count > 0 && <span className="count">{count}</span>}
          </button>
        );
      })}
    </nav>
  );
}

const ANY = "";

export function Filters({ search, setSearch }: Props) {
  const { t } = useTranslation();
  const filter = filterOf(search);
  const { categories, colonias } = useForm();
  const { options: departments } = useDepartments();
  const any = { value: ANY, label: t("board.any") };
  const choose = (field: string) => (value: string) => setSearch(withField(search, field, value));
  const one = (field: "category" | "colonia" | "department", options: typeof categories) => (
    <SelectOne
      label={t(`board.${field}`)}
      value={filter[field] ?? ANY}
      onChange={choose(field)}
      options={[any, ...options]}
    />
  );
  return (
    <div className="board-filters">
      <Search filter={filter} onSearch={choose("q")} />
      {one("category", categories)}
      {one("department", departments)}
      {one("colonia", colonias)}
      <SelectOne
        label={t("board.order")}
        value={filter.order ?? "due"}
        onChange={(order) => setSearch(withField(search, "order", order === "due" ? "" : order))}
        options={[
          { value: "due", label: t("board.orderDue") },
          { value: "newest", label: t("board.orderNewest") },
        ]}
      />
      {setFilters(filter) > 0 && <Clear search={search} setSearch={setSearch} />}
    </div>
  );
}

function Clear({ search, setSearch }: Props) {
  const { t } = useTranslation();
  const clear = () => {
    const kept = ["queue", "order"].flatMap((field) => {
      const value = search.get(field);
      return value ? [[field, value] as [string, string]] : [];
    });
    setSearch(new URLSearchParams(kept));
  };
  return (
    <Button className="quiet" onPress={clear}>
      {t("board.clear")}
    </Button>
  );
}

function Search({ filter, onSearch }: { filter: BoardFilter; onSearch: (q: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(filter.q ?? "");
  useEffect(() => setText(filter.q ?? ""), [filter.q]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(text.trim());
  };
  return (
    <form className="board-search" onSubmit={submit}>
      <Field
        label={t("board.search")}
        value={text}
        onChange={setText}
        onBlur={() => text.trim() !== (filter.q ?? "") && onSearch(text.trim())}
        hint={t("board.searchHint")}
        type="search"
      />
    </form>
  );
}
