// Reports beside this one: those that were added to it, and those nearby that may be the same thing.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { board } from "../../api/board";
import type { BoardReport } from "../../api/types";
import { useSay } from "../../desk/say";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Page";
import { Confirm } from "../../ui/Window";
import { refreshBoard } from "../refresh";
import { StateSign } from "../signs";

export function Others({ report }: { report: BoardReport }) {
  const { t } = useTranslation();
  return (
    <>
      {report.parent && <Apart report={report} />}
      {report.added.length > 0 && (
        <Card title={t("board.one.added")}>
          <ul className="plain-list">
            {report.added.map(({ id, folio, people }) => (
              <li key={id}>
                <Link to={`/reports/${id}`}>{folio}</Link>
                <span>{t("board.people", { count: people })}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {!report.private && (
        <Card title={t("board.one.near")}>
          <p className="hint">{t("board.one.nearHint")}</p>
          {report.near.length === 0 ? <p>{t("board.one.noNear")}</p> : <Near report={report} />}
        </Card>
      )}
    </>
  );
}

function Near({ report }: { report: BoardReport }) {
  const { t } = useTranslation();
  return (
    <ul className="plain-list near">
      {report.near.map((other) => (
        <li key={other.id}>
          <div>
            <Link to={`/reports/${other.id}`}>{other.folio}</Link> · {other.category_name}
            <small> · {t("board.one.metres", { count: other.metres })}</small>
          </div>
          <StateSign state={other.state} />
        </li>
      ))}
    </ul>
  );
}

/** Back out of the report that it was added to. */
function Apart({ report }: { report: BoardReport }) {
  const { t } = useTranslation();
  const say = useSay();
  const [asks, setAsks] = useState(false);
  const apart = useMutation({
    mutationFn: () => board.apart(report.id, report.version),
    onSuccess: ({ state }) => {
      setAsks(false);
      say(t("board.act.doneSay", { state: t(`board.state.${state}`) }));
    },
    onSettled: () => refreshBoard(),
  });
  return (
    <Card title={t("board.one.parent", { folio: report.parent?.folio ?? "" })}>
      <p>{t("board.one.apartLead")}</p>
      <Button className="quiet" onPress={() => setAsks(true)}>
        {t("board.one.apart")}
      </Button>
      <Confirm
        title={t("board.one.apart")}
        lead={t("board.one.apartLead")}
        action={t("board.one.apart")}
        isOpen={asks}
        busy={apart.isPending}
        error={apart.error}
        onClose={() => setAsks(false)}
        onConfirm={() => apart.mutate()}
      />
    </Card>
  );
}
