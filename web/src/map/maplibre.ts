// The library of the maps with its style sheet and its worker, in one chunk that the public map and the board share. The
// worker is a file of ours: the content security policies allow none made of a string.
import "maplibre-gl/dist/maplibre-gl.css";
import { setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";

setWorkerUrl(workerUrl);

export { type GeoJSONSource, Map as MapLibre, Marker, NavigationControl } from "maplibre-gl";
