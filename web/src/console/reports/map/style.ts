// How the map looks: the town's own shapes in the colours of the page. No tiles, no fonts, nothing of anybody else.
import type { Feature, FeatureCollection } from "geojson";
import type { StyleSpecification } from "maplibre-gl";
import type { BoardRow } from "../../api/types";

/** What a point's colour says; the list beside says it in words. */
export const TONES = ["late", "at_risk", "running", "other"] as const;
export type Tone = (typeof TONES)[number];

export function toneOf({ clock }: BoardRow): Tone {
  const state = clock?.state;
  return state === "late" || state === "at_risk" || state === "running" ? state : "other";
}

/** Colours of the page's style sheet, as they are now: light, dark or of high contrast. */
export function coloursOf(
  element: HTMLElement,
): Record<Tone | "water" | "land" | "edge" | "ring" | "zone", string> {
  const probe = document.createElement("span");
  element.append(probe);
  const colour = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    late: colour("--danger"),
    at_risk: colour("--late"),
    running: colour("--brand"),
    other: colour("--ink-soft"),
    water: colour("--water"),
    land: colour("--colonia"),
    edge: colour("--colonia-edge"),
    zone: colour("--accent"),
    ring: colour("--surface"),
  };
  probe.remove();
  return colours;
}

type Colours = ReturnType<typeof coloursOf>;

const kindIs = (kind: string) => ["==", ["get", "kind"], kind] as ["==", ["get", string], string];

export function styleOf(
  shapes: FeatureCollection,
  points: FeatureCollection,
  colours: Colours,
): StyleSpecification {
  return {
    version: 8,
    sources: {
      town: { type: "geojson", data: shapes },
      reports: { type: "geojson", data: points },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colours.water } },
      {
        id: "town",
        type: "fill",
        source: "town",
        filter: kindIs("municipality"),
        paint: { "fill-color": colours.ring },
      },
      {
        id: "colonias",
        type: "fill",
        source: "town",
        filter: kindIs("colonia"),
        paint: { "fill-color": colours.land },
      },
      {
        id: "edges",
        type: "line",
        source: "town",
        filter: ["!=", ["get", "kind"], "zone"],
        paint: { "line-color": colours.edge, "line-width": 1.2 },
      },
      {
        id: "zones",
        type: "line",
        source: "town",
        filter: kindIs("zone"),
        paint: { "line-color": colours.zone, "line-width": 2, "line-dasharray": [3, 2] },
      },
      {
        id: "reports",
        type: "circle",
        source: "reports",
        paint: {
          "circle-radius": ["case", ["get", "chosen"], 11, 7],
          "circle-color": [
            "match",
            ["get", "tone"],
            "late",
            colours.late,
            "at_risk",
            colours.at_risk,
            "running",
            colours.running,
            colours.other,
          ],
          "circle-stroke-color": colours.ring,
          "circle-stroke-width": 2,
        },
      },
    ],
  };
}

export function pointsOf(reports: readonly BoardRow[], chosen: string | null): FeatureCollection {
  const features = reports.flatMap((report): Feature[] => {
    const { id, lat, lon } = report;
    if (lat === null || lon === null) return [];
    const properties = { id, tone: toneOf(report), chosen: id === chosen };
    return [{ type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } }];
  });
  return { type: "FeatureCollection", features };
}
