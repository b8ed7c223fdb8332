import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { CouldNotLoad } from "./Problems";
import { Skeleton } from "./Skeleton";

interface Props<Page extends { next?: string | null }, Row> {
  queryKey: QueryKey;
  /** A page from a cursor on; the first from none. */
  load: (cursor: string | null) => Promise<Page>;
  rows: (page: Page) => Row[];
  /** Shown where there are none. */
  blank: ReactElement;
  /** One row, with its key. */
  row: (row: Row) => ReactElement;
}

/** No event tells of what these lists hold: they are fetched again each minute, in milliseconds. */
const REFRESHED = 60_000;

/** A list that is fetched page by page. */
export function PagedList<Page extends { next?: string | null }, Row>(props: Props<Page, Row>) {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: props.queryKey,
    queryFn: ({ pageParam }) => props.load(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: REFRESHED,
  });
  if (!data)
    return error ? <CouldNotLoad error={error} retry={() => void refetch()} /> : <Skeleton rows={4} />;
  const rows = data.pages.flatMap(props.rows);
  if (rows.length === 0) return props.blank;
  return (
    <>
      <ul className="plain-list">{rows.map(props.row)}</ul>
      {hasNextPage && (
        <Button className="quiet" isDisabled={isFetchingNextPage} onPress={() => void fetchNextPage()}>
          {t("common.more")}
        </Button>
      )}
    </>
  );
}
