// The map itself (MapLibre), in a chunk of its own that only this view loads.
import type { FeatureCollection } from "geojson";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { inhabited } from "../../../map/bounds";
import { MapLibre as Chart, type GeoJSONSource, NavigationControl } from "../../../map/maplibre";
import type { BoardRow, BoardSeen } from "../../api/types";
import { coloursOf, pointsOf, styleOf, TONES } from "./style";

interface Props {
  /** GeoJSON of the town. */
  shapes: unknown;
  reports: readonly BoardRow[];
  start: { lat: number; lon: number } | null;
  chosen: string | null;
  onSeen: (seen: BoardSeen) => void;
  onChoose: (id: string) => void;
}

export function TownMap({ shapes, reports, start, chosen, onSeen, onChoose }: Props) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const { chart, failed } = useChart(frame, shapes as FeatureCollection, start, onSeen);
  useEffect(() => {
    chart?.getSource<GeoJSONSource>("reports")?.setData(pointsOf(reports, chosen));
  }, [chart, reports, chosen]);
  usePresses(chart, onChoose);
  if (failed) return <p className="notice late map-failed">{t("board.mapView.failed")}</p>;
  return (
    <figure className="map-frame">
      <section ref={frame} className="town-map" aria-label={t("board.mapView.label")} />
      <Legend />
    </figure>
  );
}

function Legend() {
  const { t } = useTranslation();
  const words = { late: "late", at_risk: "at_risk", running: "running", other: "stopped" } as const;
  return (
    <figcaption>
      <ul className="map-legend" aria-label={t("board.mapView.legend")}>
        {TONES.map((tone) => (
          <li key={tone}>
            <span className={`map-dot of-${tone}`} aria-hidden="true" />
            {t(`board.mapLegend.${words[tone]}`)}
          </li>
        ))}
      </ul>
    </figcaption>
  );
}

function useChart(
  frame: React.RefObject<HTMLDivElement | null>,
  shapes: FeatureCollection,
  start: Props["start"],
  onSeen: Props["onSeen"],
) {
  const [chart, setChart] = useState<Chart | null>(null);
  const [failed, setFailed] = useState(false);
  const tell = useRef(onSeen);
  tell.current = onSeen;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is made once; where it starts matters once
  useEffect(() => {
    if (!frame.current) return;
    let made: Chart;
    try {
      made = draw(frame.current, shapes, start);
    } catch {
      // No WebGL here.
      setFailed(true);
      return;
    }
    const look = () => {
      const { _sw, _ne } = made.getBounds();
      tell.current({ south: _sw.lat, west: _sw.lng, north: _ne.lat, east: _ne.lng });
    };
    made.on("load", () => {
      setChart(made);
      look();
    });
    made.on("moveend", look);
    return () => made.remove();
  }, []);
  return { chart, failed };
}

function draw(frame: HTMLElement, shapes: FeatureCollection, start: Props["start"]): Chart {
  const bounds = inhabited(shapes);
  const chart = new Chart({
    container: frame,
    style: styleOf(shapes, pointsOf([], null), coloursOf(frame)),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    ...(start
      ? { center: [start.lon, start.lat], zoom: 16 }
      : bounds
        ? { bounds, fitBoundsOptions: { padding: 24 } }
        : {}),
  });
  chart.touchZoomRotate.disableRotation();
  chart.addControl(new NavigationControl({ showCompass: false }), "top-right");
  return chart;
}

/** A press on a point chooses it; a second one opens the report. */
function usePresses(chart: Chart | null, onChoose: Props["onChoose"]): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (!chart) return;
    const idAt = (features: readonly { properties: Record<string, unknown> }[] | undefined) =>
      features?.[0]?.properties.id;
    const press = chart.on("click", "reports", ({ features }) => {
      const id = idAt(features);
      if (typeof id === "string") onChoose(id);
    });
    const open = chart.on("dblclick", "reports", (event) => {
      const id = idAt(event.features);
      event.preventDefault();
      if (typeof id === "string") void navigate(`/reports/${id}`);
    });
    return () => {
      press.unsubscribe();
      open.unsubscribe();
    };
  }, [chart, navigate, onChoose]);
}
