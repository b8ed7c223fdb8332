// How the map looks: the town's own areas on plain land, in the colours of the page, by day and by night. Pictures of
// streets lie below only where the town's settings name a server for them.
import type { ExpressionSpecification, Map as MapLibre, StyleSpecification } from "maplibre-gl";
import type { Zones } from "./types";

export const POINTS = "points";
export const CLUSTERS = "clusters";

/** From this zoom on no points are put together. */
const CLUSTERED_TO = 15;

const PAINTED = {
  land: "--land",
  colonia: "--colonia",
  edge: "--colonia-edge",
  surface: "--surface",
  open: "--open",
  claimed: "--claimed",
  done: "--done",
  ended: "--ended",
  brand: "--brand",
} as const;

type Colours = Record<keyof typeof PAINTED, string>;

/** The page's colours as the browser computes them now. */
function colours(): Colours {
  const probe = document.createElement("span");
  document.body.append(probe);
  const computed = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const all = Object.fromEntries(Object.entries(PAINTED).map(([name, token]) => [name, computed(token)]));
  probe.remove();
  return all as Colours;
}

export function style(zones: Zones, page: { tiles: string; tilesBy: string }): StyleSpecification {
  const paint = colours();
  const tiled = page.tiles !== "";
  return {
    version: 8,
    sources: {
      zones: { type: "geojson", data: zones },
      [POINTS]: {
        type: "geojson",
        data: { type: "FeatureCollection", features: [] },
        cluster: true,
        clusterMaxZoom: CLUSTERED_TO,
        clusterRadius: 44,
      },
      ...(tiled && { tiles: { type: "raster", tiles: [page.tiles], tileSize: 256 } }),
    },
    layers: [
      { id: "land", type: "background", paint: { "background-color": paint.land } },
      ...(tiled ? [{ id: "tiles", type: "raster" as const, source: "tiles" }] : []),
      {
        id: "colonias",
        type: "fill",
        source: "zones",
        filter: ["==", ["get", "kind"], "colonia"],
        paint: { "fill-color": paint.colonia, "fill-opacity": tiled ? 0.15 : 1 },
      },
      { id: "edges", type: "line", source: "zones", paint: { "line-color": paint.edge, "line-width": 1.5 } },
      {
        id: CLUSTERS,
        type: "circle",
        source: POINTS,
        filter: ["has", "point_count"],
        paint: {
          "circle-color": paint.brand,
          "circle-radius": ["step", ["get", "point_count"], 16, 10, 20, 100, 26],
          "circle-stroke-width": 3,
          "circle-stroke-color": paint.surface,
        },
      },
      {
        id: POINTS,
        type: "circle",
        source: POINTS,
        filter: ["!", ["has", "point_count"]],
        paint: {
          "circle-color": toned(paint),
          "circle-radius": 8,
          "circle-stroke-width": 2,
          "circle-stroke-color": paint.surface,
        },
      },
    ],
  };
}

function toned(paint: Colours): ExpressionSpecification {
  return [
    "match",
    ["get", "tone"],
    "claimed",
    paint.claimed,
    "done",
    paint.done,
    "ended",
    paint.ended,
    paint.open,
  ];
}

/** Night falls on the map too. */
export function watchScheme(map: MapLibre): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    const paint = colours();
    map.setPaintProperty("land", "background-color", paint.land);
    map.setPaintProperty("colonias", "fill-color", paint.colonia);
    map.setPaintProperty("edges", "line-color", paint.edge);
    map.setPaintProperty(CLUSTERS, "circle-color", paint.brand);
    map.setPaintProperty(POINTS, "circle-color", toned(paint));
    for (const layer of [CLUSTERS, POINTS]) map.setPaintProperty(layer, "circle-stroke-color", paint.surface);
  });
}
