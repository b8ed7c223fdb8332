// Where the visitor is, asked only when they tap for it.

export interface Place {
  lat: number;
  lon: number;
  /** Metres around, within which they are. */
  accuracy: number;
}

export type PlaceFailure = "denied" | "unavailable";

/** Beyond this a pin may stand in another street, and the visitor is asked first. */
export const ROUGH_METRES = 150;

const FINE: PositionOptions = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 };
/** By masts and networks, where satellites are not seen. */
const COARSE: PositionOptions = { enableHighAccuracy: false, timeout: 15_000, maximumAge: 300_000 };

/** Browsers tell it to pages with https only. */
export function canLocate(): boolean {
  return "geolocation" in navigator && window.isSecureContext;
}

export async function locate(): Promise<Place | PlaceFailure> {
  const fine = await ask(FINE);
  return fine === "unavailable" ? ask(COARSE) : fine;
}

function ask(options: PositionOptions): Promise<Place | PlaceFailure> {
  return new Promise((done) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        // A tenth of a metre: more digits are noise.
        const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
        done({ lat: round(coords.latitude), lon: round(coords.longitude), accuracy: coords.accuracy });
      },
      (error) => done(error.code === error.PERMISSION_DENIED ? "denied" : "unavailable"),
      options,
    );
  });
}
