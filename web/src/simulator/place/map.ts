// The town's map as numbers: catalogue/places.geojson on a plane. Pure; TownMap draws it.
import geojson from "../../../../catalogue/places.geojson?raw";

type Point = readonly [x: number, y: number];

export interface Area {
  id: string;
  name: string;
  ring: readonly Point[];
}

export interface Spot {
  id: string;
  name: string;
  at: Point;
}

interface Feature {
  properties: { kind: string; id: string; name: string };
  geometry:
    | { type: "Polygon"; coordinates: [number, number][][] }
    | { type: "Point"; coordinates: [number, number] };
}

const features = (JSON.parse(geojson) as { features: Feature[] }).features;

/** Height of the drawn map; the width follows from the town. */
export const HEIGHT = 1000;
const MARGIN = 90;

const colonias = features.filter(({ properties }) => properties.kind === "colonia");
const degrees = colonias.flatMap(({ geometry }) =>
  geometry.type === "Polygon" ? geometry.coordinates.flat() : [],
);
const west = Math.min(...degrees.map(([lon]) => lon));
const east = Math.max(...degrees.map(([lon]) => lon));
const south = Math.min(...degrees.map(([, lat]) => lat));
const north = Math.max(...degrees.map(([, lat]) => lat));

const scale = (HEIGHT - 2 * MARGIN) / (north - south);
/** A degree of longitude is shorter than one of latitude. */
const narrow = Math.cos(((north + south) / 2) * (Math.PI / 180));

export const WIDTH = Math.round((east - west) * narrow * scale + 2 * MARGIN);

function onMap([lon, lat]: readonly [number, number]): Point {
  return [MARGIN + (lon - west) * narrow * scale, MARGIN + (north - lat) * scale];
}

/** Five decimals are about a metre. */
export function onEarth([x, y]: Point): { latitude: number; longitude: number } {
  const longitude = west + (x - MARGIN) / (narrow * scale);
  const latitude = north - (y - MARGIN) / scale;
  return { latitude: Number(latitude.toFixed(5)), longitude: Number(longitude.toFixed(5)) };
}

function areas(kind: string): Area[] {
  return features.flatMap(({ properties: { kind: found, id, name }, geometry }) => {
    const ring = geometry.type === "Polygon" ? geometry.coordinates[0] : undefined;
    return found === kind && ring ? [{ id, name, ring: ring.map(onMap) }] : [];
  });
}

export const MUNICIPALITY = areas("municipality");
export const COLONIAS = areas("colonia");

export const SPOTS: readonly Spot[] = features.flatMap(({ properties: { kind, id, name }, geometry }) =>
  kind === "landmark" && geometry.type === "Point" ? [{ id, name, at: onMap(geometry.coordinates) }] : [],
);

export const MIDDLE: Point = [WIDTH / 2, HEIGHT / 2];

/** Stays on the drawn map. */
export function clamped([x, y]: Point): Point {
  return [Math.min(Math.max(x, 0), WIDTH), Math.min(Math.max(y, 0), HEIGHT)];
}

export function coloniaAt(point: Point): string | null {
  return COLONIAS.find(({ ring }) => within(ring, point))?.name ?? null;
}

export function inMunicipality(point: Point): boolean {
  return MUNICIPALITY.some(({ ring }) => within(ring, point));
}

/** Even-odd rule: how often a ray to the right crosses the edge. */
function within(ring: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  ring.forEach(([ax, ay], index) => {
    const [bx, by] = ring[(index + 1) % ring.length] ?? [ax, ay];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

export function centre(ring: readonly Point[]): Point {
  const sum = ring.reduce<Point>(([sx, sy], [x, y]) => [sx + x, sy + y], [0, 0]);
  return [sum[0] / ring.length, sum[1] / ring.length];
}

export type { Point };
