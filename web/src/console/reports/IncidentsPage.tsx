// Reports that may be one thing. The machine suggests; people say what it is.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { board } from "../api/board";
import { KEYS } from "../api/keys";
import type { BoardRow, Incident } from "../api/types";
import { useSay } from "../desk/say";
import { Blank } from "../ui/Blank";
import { Button } from "../ui/Button";
import { Card } from "../ui/Page";
import { CouldNotLoad, Problems } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { useTimes } from "../ui/useTimes";
import { Confirm } from "../ui/Window";
import { Frame } from "./Frame";
import { refreshBoard } from "./refresh";
import { StateSign } from "./signs";

export function IncidentsPage() {
  const { t } = useTranslation();
  return (
    <Frame title={t("board.incident.title")} lead={t("board.incident.lead")}>
      <List />
    </Frame>
  );
}

function List() {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.boardIncidents(i18n.language),
    queryFn: () => board.incidents(i18n.language),
  });
  if (!data)
    return error ? (
      <CouldNotLoad error={error} retry={() => void refetch()} />
    ) : (
      <Skeleton rows={3} kind="card" />
    );
  if (data.incidents.length === 0)
    return <Blank icon="merge" title={t("board.incident.empty")} hint={t("board.incident.emptyHint")} />;
  return data.incidents.map((incident) => <One key={incident.lead.id} incident={incident} />);
}

function One({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const { lead, others, radius_m } = incident;
  const count = others.length + 1;
  return (
    <Card title={t("board.incident.what", { category: lead.category_name, count, metres: radius_m })}>
      <ul className="plain-list">
        {[lead, ...others].map((report) => (
          <Report key={report.id} report={report} isLead={report === lead} />
        ))}
      </ul>
      <Decide incident={incident} />
    </Card>
  );
}

function Report({ report, isLead }: { report: BoardRow; isLead: boolean }) {
  const { t } = useTranslation();
  const { moment } = useTimes();
  return (
    <li>
      <div className="breaks">
        <Link to={`/reports/${report.id}`}>{report.folio}</Link>
        {isLead && <span className="badge">{t("board.incident.first")}</span>}
        <span className="pair">{[report.category_name, report.place].filter(Boolean).join(" · ")}</span>
        {report.summary && <small>{report.summary}</small>}
        <small> {moment(report.filed_at)}</small>
      </div>
      <StateSign state={report.state} />
    </li>
  );
}

function Decide({ incident: { lead, others } }: { incident: Incident }) {
  const { t } = useTranslation();
  const say = useSay();
  const [asks, setAsks] = useState(false);
  const accept = useMutation({
    mutationFn: () =>
      board.acceptIncident({ lead: lead.id, others: others.map(({ id, version }) => ({ id, version })) }),
    onSuccess: () => {
      setAsks(false);
      say(t("board.incident.accepted", { folio: lead.folio }));
    },
    onSettled: () => refreshBoard(),
  });
  const dismiss = useMutation({
    mutationFn: () => board.dismissIncident([lead, ...others].map(({ id }) => id)),
    onSuccess: () => say(t("board.incident.dismissed")),
    onSettled: () => refreshBoard(),
  });
  return (
    <>
      <Problems error={dismiss.error} />
      <div className="row">
        <Button className="primary" onPress={() => setAsks(true)}>
          {t("board.incident.accept")}
        </Button>
        <Button className="quiet" isPending={dismiss.isPending} onPress={() => dismiss.mutate()}>
          {t("board.incident.dismiss")}
        </Button>
      </div>
      <Confirm
        title={t("board.incident.acceptTitle")}
        lead={t("board.incident.acceptLead", { folio: lead.folio })}
        action={t("board.incident.accept")}
        isOpen={asks}
        busy={accept.isPending}
        error={accept.error}
        onClose={() => setAsks(false)}
        onConfirm={() => accept.mutate()}
      />
    </>
  );
}
