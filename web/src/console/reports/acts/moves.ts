// What a move brings along, and what still lacks. Pure: the server says what each needs.
import type { NewMove, NextMove, ReportState } from "../../api/types";

export interface Written {
  publicText: string;
  privateNote: string;
  evidence: readonly string[];
  showEvidence: boolean;
  day: string;
  reason: string | null;
  authority: { name: string; phone: string; folio: string };
  department: string | null;
}

export const EMPTY: Written = {
  publicText: "",
  privateNote: "",
  evidence: [],
  showEvidence: false,
  day: "",
  reason: null,
  authority: { name: "", phone: "", folio: "" },
  department: null,
};

/** The first thing that lacks; `null`: it can be sent. */
export function lacks({ needs }: NextMove, written: Written, department: string | null): string | null {
  const there: Record<string, boolean> = {
    public_text: written.publicText.trim() !== "",
    evidence: written.evidence.length > 0,
    date: written.day !== "",
    reason: written.reason !== null,
    authority: written.authority.name.trim() !== "" && written.authority.phone.trim() !== "",
    department: written.department !== null || department !== null,
  };
  return needs.find((need) => there[need] === false) ?? null;
}

export function bodyOf(to: ReportState, version: number, written: Written): NewMove {
  const { authority } = written;
  const trimmed = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    version,
    to,
    public_text: trimmed(written.publicText),
    private_note: trimmed(written.privateNote),
    evidence: [...written.evidence],
    show_evidence: written.showEvidence,
    day: written.day === "" ? null : written.day,
    reason: written.reason,
    department: written.department,
    authority:
      to === "referred"
        ? { name: authority.name.trim(), phone: authority.phone.trim(), folio: trimmed(authority.folio) }
        : null,
  };
}

/** What one does most from here stands in front. */
const FIRST: readonly ReportState[] = [
  "resolved_claimed",
  "in_progress",
  "scheduled",
  "assigned",
  "reopened",
];

export function inFront(next: readonly NextMove[]): { first: NextMove[]; rest: NextMove[] } {
  const moves = next.filter(({ to }) => to !== "duplicate");
  const first = FIRST.flatMap((to) => moves.filter((move) => move.to === to)).slice(0, 3);
  return { first, rest: moves.filter((move) => !first.includes(move)) };
}
