// What a map shows when it opens.
import type { FeatureCollection } from "geojson";

/** West, south, east, north; degrees. */
export type Bounds = [number, number, number, number];

/** What holds all shapes. `null` where nothing is drawn. */
export function boundsOf({ features }: Pick<FeatureCollection, "features">): Bounds | null {
  const bounds: Bounds = [180, 90, -180, -90];
  const take = (positions: unknown): void => {
    if (!Array.isArray(positions)) return;
    const [x, y] = positions;
    if (typeof x === "number" && typeof y === "number") {
      bounds[0] = Math.min(bounds[0], x);
      bounds[1] = Math.min(bounds[1], y);
      bounds[2] = Math.max(bounds[2], x);
      bounds[3] = Math.max(bounds[3], y);
    } else positions.forEach(take);
  };
  for (const { geometry } of features) if ("coordinates" in geometry) take(geometry.coordinates);
  return bounds[0] > bounds[2] ? null : bounds;
}

/** Where people live: the colonias. A municipality is often mostly fields, in which nobody could read the names. */
export function inhabited({ features }: Pick<FeatureCollection, "features">): Bounds | null {
  const colonias = features.filter(({ properties }) => properties?.kind === "colonia");
  return boundsOf({ features: colonias.length > 0 ? colonias : features });
}
