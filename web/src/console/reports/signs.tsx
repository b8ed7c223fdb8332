// How states and clocks look: a word, a colour and a sign each, never a colour alone.
import { useTranslation } from "react-i18next";
import type { ReportClock, ReportState } from "../api/types";
import { Icon, type IconName } from "../ui/Icon";
import { useTimes } from "../ui/useTimes";

const TONES: Record<ReportState, "" | "good" | "late" | "bad"> = {
  received: "",
  triage: "late",
  assigned: "",
  in_progress: "",
  scheduled: "",
  waiting_citizen: "late",
  referred: "",
  resolved_claimed: "good",
  closed_confirmed: "good",
  closed_rejected: "",
  duplicate: "",
  cancelled: "",
  reopened: "bad",
};

const SIGNS: Record<ReportState, IconName> = {
  received: "plus",
  triage: "eye",
  assigned: "team",
  in_progress: "bolt",
  scheduled: "clock",
  waiting_citizen: "pause",
  referred: "pass",
  resolved_claimed: "check",
  closed_confirmed: "checks",
  closed_rejected: "blocked",
  duplicate: "merge",
  cancelled: "cross",
  reopened: "undo",
};

export function StateSign({ state }: { state: ReportState }) {
  const { t } = useTranslation();
  return (
    <span className={`badge state ${TONES[state]}`}>
      <Icon name={SIGNS[state]} size={14} />
      {t(`board.state.${state}`)}
    </span>
  );
}

type ClockState = ReportClock["state"];

const CLOCKS: Record<ClockState, { tone: string; icon: IconName }> = {
  running: { tone: "", icon: "clock" },
  at_risk: { tone: "late", icon: "warning" },
  late: { tone: "bad", icon: "alarm" },
  paused: { tone: "", icon: "pause" },
  met: { tone: "good", icon: "check" },
  missed: { tone: "bad", icon: "cross" },
  stopped: { tone: "", icon: "clock" },
};

export function ClockSign({ clock }: { clock: ReportClock | null }) {
  const { t } = useTranslation();
  const { soon, date } = useTimes();
  if (!clock) return <span className="badge">{t("board.clock.stopped")}</span>;
  const { tone, icon } = CLOCKS[clock.state];
  const far = Math.abs(clock.due_at - Date.now()) > 6 * 24 * 3_600_000;
  const time = far ? date(clock.due_at) : soon(clock.due_at);
  return (
    <span className={`badge clock ${tone}`}>
      <Icon name={icon} size={14} />
      {t(`board.clock.${clock.state}`, { time })}
    </span>
  );
}
