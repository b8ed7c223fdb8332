// Words on the map: names of colonias and how many reports a cluster holds. As elements of the page, in its own letters:
// a map that draws letters would fetch them from somewhere.
import { boundsOf } from "./bounds";
import { fill, type Texts } from "./listing";
import { type MapLibre, Marker } from "./maplibre";
import { CLUSTERS } from "./style";
import type { Zones } from "./types";

/** Pixels that a colonia must be wide for its name. */
const WIDE = 70;

export class Labels {
  private readonly map: MapLibre;
  private readonly texts: Texts;
  private readonly names: { marker: Marker; west: number; east: number; shown: boolean }[];
  private counts: Marker[] = [];

  constructor(map: MapLibre, zones: Zones, texts: Texts) {
    this.map = map;
    this.texts = texts;
    this.names = zones.features.flatMap((colonia) => {
      const bounds = colonia.properties.kind === "colonia" && boundsOf({ features: [colonia] });
      if (!bounds) return [];
      const [west, south, east, north] = bounds;
      const element = worded("zone-name", colonia.properties.name);
      // The list says where each report is; names that float over a picture only disturb who listens.
      element.setAttribute("aria-hidden", "true");
      const marker = new Marker({ element }).setLngLat([(west + east) / 2, (south + north) / 2]);
      return { marker, west, east, shown: false };
    });
  }

  /** Puts the words where they fit now. */
  place(): void {
    for (const name of this.names) {
      const fits = this.across(name.west, name.east) >= WIDE;
      if (fits && !name.shown) name.marker.addTo(this.map);
      if (!fits && name.shown) name.marker.remove();
      name.shown = fits;
    }
    for (const old of this.counts) old.remove();
    this.counts = this.clusters().map(({ count, at }) => this.count(count, at).addTo(this.map));
  }

  private across(west: number, east: number): number {
    const { lat } = this.map.getCenter();
    return this.map.project([east, lat]).x - this.map.project([west, lat]).x;
  }

  /** Tiles overlap at their edges: each cluster once. */
  private clusters(): { count: number; at: [number, number] }[] {
    const found = new globalThis.Map<unknown, { count: number; at: [number, number] }>();
    for (const { properties, geometry } of this.map.queryRenderedFeatures({ layers: [CLUSTERS] })) {
      if (geometry.type !== "Point") continue;
      const [x = 0, y = 0] = geometry.coordinates;
      found.set(properties.cluster_id, { count: Number(properties.point_count), at: [x, y] });
    }
    return [...found.values()];
  }

  private count(count: number, at: [number, number]): Marker {
    const element = Object.assign(document.createElement("button"), {
      type: "button",
      className: "cluster-count",
    });
    element.textContent = String(count);
    element.setAttribute("aria-label", fill(this.texts.cluster, { n: count }));
    element.addEventListener("click", (event) => {
      event.stopPropagation();
      this.map.easeTo({ center: at, zoom: this.map.getZoom() + 2 });
    });
    return new Marker({ element }).setLngLat(at);
  }
}

function worded(className: string, text: string): HTMLElement {
  return Object.assign(document.createElement("span"), { className, textContent: text });
}
