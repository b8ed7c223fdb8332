// One report: what it is, what happened, and what can be done about it now.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { board } from "../api/board";
import { KEYS } from "../api/keys";
import type { BoardReport } from "../api/types";
import { SayProvider } from "../desk/say";
import { Icon } from "../ui/Icon";
import { Card, Page } from "../ui/Page";
import { CouldNotLoad } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { Actions } from "./acts/Actions";
import { About } from "./parts/About";
import { Moderation } from "./parts/Moderation";
import { Others } from "./parts/Others";
import { Photos } from "./parts/Photos";
import { Timeline } from "./parts/Timeline";
import { ClockSign, StateSign } from "./signs";
import "./reports.css";

export function ReportPage() {
  const { i18n } = useTranslation();
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.boardReport(id, i18n.language),
    queryFn: () => board.report(id, i18n.language),
  });
  if (!data)
    return error ? (
      <CouldNotLoad error={error} retry={() => void refetch()} />
    ) : (
      <Skeleton rows={6} kind="card" />
    );
  return (
    <SayProvider>
      <Whole key={data.id} report={data} />
    </SayProvider>
  );
}

function Whole({ report }: { report: BoardReport }) {
  const { t } = useTranslation();
  return (
    <Page title={`${report.category_name} · ${report.folio}`} action={<Back />}>
      <Head report={report} />
      <Actions report={report} />
      <div className="report-columns">
        <div className="stack">
          <About report={report} />
          <Photos report={report} />
          {report.may_moderate && <Moderation key={report.version} report={report} />}
        </div>
        <div className="stack">
          <Card title={t("board.one.history")}>
            <Timeline report={report} />
          </Card>
          <Others report={report} />
        </div>
      </div>
    </Page>
  );
}

function Back() {
  const { t } = useTranslation();
  return (
    <Link className="button quiet with-icon" to="/reports">
      <Icon name="back" size={18} />
      {t("board.one.back")}
    </Link>
  );
}

function Head({ report }: { report: BoardReport }) {
  const { t } = useTranslation();
  return (
    <div className="row report-head">
      <StateSign state={report.state} />
      <ClockSign clock={report.clock} />
      {report.people > 1 && <span className="badge">{t("board.people", { count: report.people })}</span>}
      {report.reopened > 0 && (
        <span className="badge late">
          <Icon name="undo" size={14} />
          {t("board.one.reopenedTimes", { count: report.reopened })}
        </span>
      )}
      {report.private && (
        <span className="badge late">
          <Icon name="lock" size={14} />
          {t("board.private")}
        </span>
      )}
      {report.parent && (
        <Link className="badge" to={`/reports/${report.parent.id}`}>
          <Icon name="merge" size={14} />
          {t("board.one.parent", { folio: report.parent.folio })}
        </Link>
      )}
    </div>
  );
}
