// What the server sends the map (src/http/public/map.rs).
import type { FeatureCollection, MultiPolygon, Point, Polygon } from "geojson";

export interface Zone {
  kind: "municipality" | "colonia";
  name: string;
  /** Square degrees. */
  size: number;
}

export type Zones = FeatureCollection<Polygon | MultiPolygon, Zone>;

export type Tone = "open" | "claimed" | "done" | "ended";

export interface Report {
  folio: string;
  url: string;
  category: string;
  state: string;
  tone: Tone;
  colonia: string | null;
  /** In words. */
  day: string;
  people: number;
}

export interface Points extends FeatureCollection<Point, Report> {
  /** Whether these are all; else the newest. */
  complete: boolean;
}
