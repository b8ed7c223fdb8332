// A sheet for the road, for paper or a phone: the stops in an order that makes sense, with room to write.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { board } from "../../api/board";
import { KEYS } from "../../api/keys";
import type { RouteStop } from "../../api/types";
import { Blank } from "../../ui/Blank";
import { Icon } from "../../ui/Icon";
import { Page } from "../../ui/Page";
import { CouldNotLoad } from "../../ui/Problems";
import { Skeleton } from "../../ui/Skeleton";
import { useDepartments } from "../../ui/useDepartments";
import { useTimes } from "../../ui/useTimes";
import { ClockSign } from "../signs";
import "../reports.css";
import "./sheet.css";

interface Start {
  lat?: number;
  lon?: number;
}

export function RouteSheetPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const ids = (search.get("ids") ?? "").split(",").filter((id) => id !== "");
  const [start, setStart] = useState<Start>({});
  return (
    <Page title={t("board.sheet.title")} lead={t("board.sheet.lead")} action={<Tools onStart={setStart} />}>
      {ids.length === 0 ? (
        <Blank icon="print" title={t("board.sheet.empty")}>
          <Link className="button primary" to="/reports">
            {t("board.sheet.toList")}
          </Link>
        </Blank>
      ) : (
        <Sheet ids={ids} start={start} />
      )}
    </Page>
  );
}

function Tools({ onStart }: { onStart: (start: Start) => void }) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const locate = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => onStart({ lat: coords.latitude, lon: coords.longitude }),
      () => setFailed(true),
    );
  return (
    <div className="row no-print">
      <Button className="quiet with-icon" onPress={locate}>
        <Icon name="pin" size={18} />
        {t("board.sheet.startHere")}
      </Button>
      <Button className="primary with-icon" onPress={() => window.print()}>
        <Icon name="print" size={18} />
        {t("board.sheet.print")}
      </Button>
      <span role="status">{failed && t("board.sheet.noPosition")}</span>
    </div>
  );
}

function Sheet({ ids, start }: { ids: readonly string[]; start: Start }) {
  const { t, i18n } = useTranslation();
  const { moment } = useTimes();
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.boardRoute(ids, i18n.language, start),
    queryFn: () => board.route({ reports: [...ids], lang: i18n.language, ...start }),
    // Who asks for it again is written down again.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data)
    return error ? (
      <CouldNotLoad error={error} retry={() => void refetch()} />
    ) : (
      <Skeleton rows={4} kind="card" />
    );
  return (
    <section className="sheet" aria-label={t("board.sheet.title")}>
      <p className="sheet-by">{t("board.sheet.by", { name: data.by, time: moment(data.at) })}</p>
      <ol className="stops">
        {data.stops.map((stop) => (
          <Stop key={stop.id} stop={stop} />
        ))}
      </ol>
      <p className="sheet-by">{t("board.sheet.internal")}</p>
    </section>
  );
}

function Stop({ stop }: { stop: RouteStop }) {
  const { t } = useTranslation();
  const { nameOf } = useDepartments();
  const { number, folio, category_name, place, colonia_name, description, answers, metres, lat, lon } = stop;
  const says = colonia_name !== null && place?.includes(colonia_name);
  return (
    <li className="stop">
      <span className="stop-number" aria-hidden="true">
        {number}
      </span>
      <div className="stop-what">
        <h2>
          {category_name} <code>{folio}</code>
        </h2>
        <p>
          <strong>
            {[place ?? t("board.noPlace"), says ? null : colonia_name].filter(Boolean).join(", ")}
          </strong>
          {lat !== null && lon !== null && (
            <small>
              {" "}
              {lat.toFixed(5)}, {lon.toFixed(5)}
            </small>
          )}
        </p>
        {metres !== null && <small>{t("board.sheet.walk", { count: metres })}</small>}
        {description && <p className="said-text">{description}</p>}
        {answers.map(({ question, answer }) => (
          <p key={question}>
            <small>{question}</small> {answer}
          </p>
        ))}
        <div className="row">
          <ClockSign clock={stop.clock} />
          {stop.department && <small>{nameOf(stop.department)}</small>}
          {stop.people > 1 && <small>{t("board.people", { count: stop.people })}</small>}
        </div>
      </div>
      <div className="stop-boxes">
        <span className="box">{t("board.sheet.done")}</span>
        <span className="box">{t("board.sheet.notDone")}</span>
        <span className="lines">{t("board.sheet.notes")}</span>
      </div>
    </li>
  );
}
