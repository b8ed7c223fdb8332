// What an agent writes into the form of a report. Pure.
import type { FileReport, ReportForm } from "../../api/types";

export interface Written {
  category: string | null;
  description: string;
  text: string;
  /** Latitude and longitude. */
  pin: readonly [number, number] | null;
  photo: string | null;
  details: Readonly<Record<string, string>>;
}

export function startOf({ category, description, place, photos, details }: ReportForm): Written {
  const { text, lat, lon } = place;
  return {
    category,
    description,
    text,
    pin: lat !== null && lon !== null ? [lat, lon] : null,
    photo: photos[0] ?? null,
    details: Object.fromEntries(Object.entries(details).map(([id, said]) => [id, String(said)])),
  };
}

/** Questions without an answer are left out. */
export function bodyOf(written: Written, version: number): FileReport {
  const { category, description, text, pin, photo, details } = written;
  return {
    version,
    category: category ?? "",
    description: description.trim(),
    place: { text: text.trim(), ...(pin ? { lat: pin[0], lon: pin[1] } : {}) },
    photo,
    details: Object.fromEntries(Object.entries(details).filter(([, said]) => said.trim() !== "")),
  };
}
