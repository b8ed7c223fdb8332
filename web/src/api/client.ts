// The server's public API, typed by web/openapi.json (`npm run api`). Called by pages; knows no texts.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

export type PublicStatus = components["schemas"]["PublicStatus"];

const client = createClient<paths>({ baseUrl: "/" });

/** Why a look-up gave no report. */
export type LookUpFailure = "not_found" | "too_many" | "unavailable" | "unreachable";

export type LookUp = { report: PublicStatus } | { failure: LookUpFailure };

/** The public state of a report. Never throws: what went wrong is a value that the page has a sentence for. */
export async function lookUpReport(folio: string, lang: string): Promise<LookUp> {
  try {
    const { data, response } = await client.GET("/api/v1/reports/{folio}", {
      params: { path: { folio }, query: { lang } },
    });
    return data ? { report: data } : { failure: failureOf(response.status) };
  } catch {
    return { failure: "unreachable" };
  }
}

function failureOf(status: number): LookUpFailure {
  if (status === 404 || status === 400) return "not_found";
  return status === 429 ? "too_many" : "unavailable";
}
