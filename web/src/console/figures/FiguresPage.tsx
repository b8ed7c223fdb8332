// How the desk does, by department: always with how many conversations a figure stands on.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { desk } from "../api/desk";
import { KEYS } from "../api/keys";
import type { TeamFigures } from "../api/types";
import { Blank } from "../ui/Blank";
import { SelectOne } from "../ui/Choice";
import { Page } from "../ui/Page";
import { CouldNotLoad } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { useDepartments } from "../ui/useDepartments";
import { useTimes } from "../ui/useTimes";
import { QualityTable } from "./QualityTable";

const PERIODS = ["7", "30", "90"] as const;
/** Below this a share says little. */
const FEW = 20;

export function FiguresPage() {
  const { t } = useTranslation();
  const [days, setDays] = useState<string>("7");
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.figures(Number(days)),
    queryFn: () => desk.figures(Number(days)),
    placeholderData: keepPreviousData,
  });
  const periods = PERIODS.map((value) => ({
    value,
    label: t("figures.lastDays", { count: Number(value) }),
  }));
  return (
    <Page
      title={t("figures.title")}
      lead={t("figures.lead")}
      action={<SelectOne label={t("figures.days")} options={periods} value={days} onChange={setDays} />}
    >
      {!data && (error ? <CouldNotLoad error={error} retry={() => void refetch()} /> : <Skeleton rows={5} />)}
      {data && (data.teams.length === 0 ? <Empty /> : <Table teams={data.teams} />)}
    </Page>
  );
}

function Empty() {
  const { t } = useTranslation();
  return <Blank icon="figures" title={t("figures.empty")} />;
}

function Table({ teams }: { teams: readonly TeamFigures[] }) {
  const { t } = useTranslation();
  const few = teams.some(({ opened }) => opened < FEW);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="table-frame" tabIndex={0} aria-label={t("figures.title")}>
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{t("figures.team")}</th>
              <th scope="col">{t("figures.opened")}</th>
              <th scope="col">{t("figures.answered")}</th>
              <th scope="col">{t("figures.abandoned")}</th>
              <th scope="col">{t("figures.closed")}</th>
              <th scope="col">
                {t("figures.p50")}
                <small>{t("figures.p50Hint")}</small>
              </th>
              <th scope="col">
                {t("figures.p90")}
                <small>{t("figures.p90Hint")}</small>
              </th>
            </tr>
          </thead>
          <tbody>
            {teams.map((team) => (
              <Row key={team.department ?? ""} team={team} />
            ))}
          </tbody>
        </table>
      </section>
      <QualityTable teams={teams} />
      {few && <p className="hint">{t("figures.few")}</p>}
    </>
  );
}

function Row({ team }: { team: TeamFigures }) {
  const { t } = useTranslation();
  const { nameOf } = useDepartments();
  const { words } = useTimes();
  const wait = (seconds: number | null) => (seconds === null ? "—" : words(seconds * 1000));
  const counted = (count: number) => (
    <td className="numbers">
      {count}
      {team.opened > 0 && (
        <small>{t("figures.share", { percent: Math.round((count / team.opened) * 100) })}</small>
      )}
    </td>
  );
  return (
    <tr>
      <th scope="row">
        {team.department === null ? t("figures.noTeam") : nameOf(team.department)}
        <small>{t("figures.n", { count: team.opened })}</small>
      </th>
      <td className="numbers">{team.opened}</td>
      {counted(team.answered)}
      {counted(team.abandoned)}
      {counted(team.closed)}
      <td className="numbers">{wait(team.wait_p50_s)}</td>
      <td className="numbers">{wait(team.wait_p90_s)}</td>
    </tr>
  );
}
