// The board as a list: a table where there is room, cards on a phone; what is due first comes first.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { board, exportUrl } from "../api/board";
import { KEYS } from "../api/keys";
import { Blank } from "../ui/Blank";
import { Icon } from "../ui/Icon";
import { CouldNotLoad } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { useMedia } from "../ui/useMedia";
import { Cards } from "./Cards";
import { Filters, Trays } from "./Filters";
import { Frame } from "./Frame";
import { filterOf } from "./filter";
import { Rows } from "./Rows";
import { useRowKeys } from "./useRowKeys";

/** A sheet for the road has no more stops. */
const MOST_STOPS = 60;

export function BoardPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  return (
    <Frame
      title={t("board.title")}
      lead={t("board.lead")}
      search={search.toString()}
      action={
        <a className="button quiet with-icon" href={exportUrl(filterOf(search))} download>
          <Icon name="down" size={18} />
          {t("board.export")}
        </a>
      }
    >
      <Trays search={search} setSearch={setSearch} />
      <Filters search={search} setSearch={setSearch} />
      <List search={search} />
    </Frame>
  );
}

function useReports(search: URLSearchParams) {
  const { i18n } = useTranslation();
  const filter = { ...filterOf(search), lang: i18n.language };
  return useInfiniteQuery({
    queryKey: KEYS.boardList(filter),
    queryFn: ({ pageParam }) => board.list(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

function List({ search }: { search: URLSearchParams }) {
  const { t } = useTranslation();
  const isWide = useMedia("(min-width: 1000px)");
  const [picked, setPicked] = useState<readonly string[]>([]);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useReports(search);
  useRowKeys();
  if (!data)
    return error ? <CouldNotLoad error={error} retry={() => void refetch()} /> : <Skeleton rows={6} />;
  const reports = data.pages.flatMap((page) => page.reports);
  if (reports.length === 0)
    return <Blank icon="report" title={t("board.emptyTitle")} hint={t("board.emptyHint")} />;
  const pick = (id: string, on: boolean) =>
    setPicked((before) => (on ? [...before, id].slice(-MOST_STOPS) : before.filter((one) => one !== id)));
  const Shape = isWide ? Rows : Cards;
  return (
    <>
      <Picked picked={picked} onClear={() => setPicked([])} />
      <Shape reports={reports} picked={picked} onPick={pick} />
      {isWide && <p className="hint">{t("board.keys")}</p>}
      {hasNextPage && (
        <Button className="quiet more" isDisabled={isFetchingNextPage} onPress={() => void fetchNextPage()}>
          {t("common.more")}
        </Button>
      )}
    </>
  );
}

interface PickedProps {
  picked: readonly string[];
  onClear: () => void;
}

function Picked({ picked, onClear }: PickedProps) {
  const { t } = useTranslation();
  return (
    <div role="status">
      {picked.length > 0 && (
        <div className="row picked">
          <strong>{t("board.picked", { count: picked.length })}</strong>
          <Link className="button primary with-icon" to={`/reports/route?ids=${picked.join(",")}`}>
            <Icon name="print" size={18} />
            {t("board.makeRoute")}
          </Link>
          <Button className="quiet" onPress={onClear}>
            {t("board.unpick")}
          </Button>
        </div>
      )}
    </div>
  );
}
