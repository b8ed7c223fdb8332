// The map of reports, for a page that the server draws (src/http/public/map.rs). It adds a map to a list that is there
// without it; the list then says what the map shows, so that nobody needs to see it.
import "./map.css";
import { type Bounds, inhabited } from "./bounds";
import { Labels } from "./labels";
import { type Card, listing, type Texts } from "./listing";
import { type GeoJSONSource, MapLibre, NavigationControl } from "./maplibre";
import { CLUSTERS, POINTS, style, watchScheme } from "./style";
import type { Points, Zones } from "./types";

/** The middle of it, for a town that drew nothing. */
const MEXICO: Bounds = [-104, 18, -98, 24];

const holder = document.getElementById("map");
if (holder) begin(holder).catch(() => fail(holder));

/** What a page says to its script. */
interface Page {
  label: string;
  zones: string;
  points: string;
  tiles: string;
  tilesBy: string;
  texts: Texts;
  card: Card;
}

function read(holder: HTMLElement): Page {
  const { label = "", zones = "", points = "", tiles = "", tilesBy = "", texts, card } = holder.dataset;
  return {
    label,
    zones,
    points,
    tiles,
    tilesBy,
    texts: JSON.parse(texts ?? "{}"),
    card: JSON.parse(card ?? "{}"),
  };
}

async function begin(holder: HTMLElement): Promise<void> {
  const page = read(holder);
  const seen = document.getElementById("seen");
  if (seen) seen.textContent = page.texts.loading;
  const zones: Zones = await fetched(page.zones);
  holder.hidden = false;
  const map = new MapLibre({
    container: holder,
    style: style(zones, page),
    bounds: inhabited(zones) ?? MEXICO,
    fitBoundsOptions: { padding: 24 },
    attributionControl: { compact: false, customAttribution: page.tilesBy },
    cooperativeGestures: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    locale: {
      "Map.Title": page.label,
      "NavigationControl.ZoomIn": page.texts.zoom_in,
      "NavigationControl.ZoomOut": page.texts.zoom_out,
    },
    // A page that asks for less movement gets none.
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.on("load", () => follow(map, page, zones));
  watchScheme(map);
}

/** Points and list are what the window shows, also after it was moved. */
function follow(map: MapLibre, page: Page, zones: Zones): void {
  const labels = new Labels(map, zones, page.texts);
  const cards = listing(page.texts, page.card);
  let latest = 0;
  const refresh = async () => {
    const turn = ++latest;
    const points: Points = await fetched(within(page.points, map));
    // An answer that was overtaken by a newer question is dropped.
    if (turn !== latest) return;
    map.getSource<GeoJSONSource>(POINTS)?.setData(points);
    cards.show(points);
    map.getContainer().dataset.shown = String(points.features.length);
  };
  const safely = () => refresh().catch(() => fail(map.getContainer()));
  map.on("moveend", safely);
  map.on("idle", () => labels.place());
  map.on("click", POINTS, (event) => {
    const url = event.features?.[0]?.properties.url;
    if (typeof url === "string") location.assign(url);
  });
  map.on("click", CLUSTERS, (event) => {
    map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2 });
  });
  for (const layer of [POINTS, CLUSTERS]) {
    map.on("mouseenter", layer, () => map.getCanvas().classList.add("over"));
    map.on("mouseleave", layer, () => map.getCanvas().classList.remove("over"));
  }
  safely();
}

function within(points: string, map: MapLibre): string {
  const url = new URL(points, location.href);
  const bounds = map.getBounds();
  const clamped = (degrees: number, most: number) => Math.max(-most, Math.min(most, degrees)).toFixed(5);
  const sides = [
    clamped(bounds.getWest(), 180),
    clamped(bounds.getSouth(), 90),
    clamped(bounds.getEast(), 180),
    clamped(bounds.getNorth(), 90),
  ];
  url.searchParams.set("bbox", sides.join(","));
  return url.href;
}

async function fetched<T>(url: string): Promise<T> {
  const answer = await fetch(url, { headers: { accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

function fail(holder: HTMLElement): void {
  const seen = document.getElementById("seen");
  const { texts } = read(holder);
  if (seen) seen.textContent = texts.failed;
  if (!holder.dataset.shown) holder.hidden = true;
}
