// The board as a map, with the same reports as a list beside it: for the keyboard, for readers, and where no map can be
// drawn. The town's own shapes are the ground; nothing is fetched from anybody else.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { board } from "../api/board";
import { KEYS } from "../api/keys";
import type { BoardRow, BoardSeen } from "../api/types";
import { CouldNotLoad } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { Filters, Trays } from "./Filters";
import { Frame } from "./Frame";
import { filterOf } from "./filter";
import { ClockSign, StateSign } from "./signs";

const TownMap = lazy(async () => ({ default: (await import("./map/TownMap")).TownMap }));

export function MapPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  return (
    <Frame title={t("board.title")} lead={t("board.lead")} search={search.toString()}>
      <Trays search={search} setSearch={setSearch} />
      <Filters search={search} setSearch={setSearch} />
      <Board search={search} />
    </Frame>
  );
}

/** Everything, until the map says what is seen of it. */
const EVERYWHERE: BoardSeen = { south: -85, west: -180, north: 85, east: 180 };

function Board({ search }: { search: URLSearchParams }) {
  const { i18n } = useTranslation();
  const [seen, setSeen] = useState<BoardSeen>(EVERYWHERE);
  const [chosen, setChosen] = useState<string | null>(null);
  const filter = { ...filterOf(search), lang: i18n.language };
  const shapes = useQuery({
    queryKey: KEYS.boardShapes,
    queryFn: () => board.shapes(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const points = useQuery({
    queryKey: KEYS.boardPoints(filter, seen),
    queryFn: () => board.points(filter, seen),
    placeholderData: keepPreviousData,
  });
  if (!points.data || !shapes.data) {
    const error = points.error ?? shapes.error;
    return error ? (
      <CouldNotLoad error={error} retry={() => void Promise.all([points.refetch(), shapes.refetch()])} />
    ) : (
      <Skeleton rows={1} kind="card" />
    );
  }
  const { reports, more } = points.data;
  return (
    <div className="map-board">
      <Suspense fallback={<Skeleton rows={1} kind="card" />}>
        <TownMap
          shapes={shapes.data}
          reports={reports}
          start={startOf(search)}
          chosen={chosen}
          onSeen={setSeen}
          onChoose={setChosen}
        />
      </Suspense>
      <Beside reports={reports} more={more} chosen={chosen} onChoose={setChosen} />
    </div>
  );
}

/** A report that is to be looked at: its place stands in the address. */
function startOf(search: URLSearchParams): { lat: number; lon: number } | null {
  const lat = Number(search.get("lat") ?? Number.NaN);
  const lon = Number(search.get("lon") ?? Number.NaN);
  return Number.isFinite(lat) && Number.isFinite(lon) ? { lat, lon } : null;
}

interface BesideProps {
  reports: readonly BoardRow[];
  more: boolean;
  chosen: string | null;
  onChoose: (id: string) => void;
}

function Beside({ reports, more, chosen, onChoose }: BesideProps) {
  const { t } = useTranslation();
  return (
    <section className="map-list" aria-label={t("board.mapView.here")}>
      <p role="status">
        {more && t("board.mapView.more")}
        {reports.length === 0 && t("board.mapView.none")}
      </p>
      <ul>
        {reports.slice(0, 200).map((report) => (
          <li key={report.id} className={report.id === chosen ? "map-row chosen" : "map-row"}>
            <Link
              to={`/reports/${report.id}`}
              onFocus={() => onChoose(report.id)}
              onMouseEnter={() => onChoose(report.id)}
            >
              {report.folio} · {report.category_name}
            </Link>
            <small>{report.place ?? report.colonia_name}</small>
            <span className="row">
              <StateSign state={report.state} />
              <ClockSign clock={report.clock} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
