import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { BoardReport } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { Card } from "../../ui/Page";
import { useDepartments } from "../../ui/useDepartments";
import { useTimes } from "../../ui/useTimes";
import { ClockSign } from "../signs";

/** What was said, where it is, and until when it is to be done. */
export function About({ report }: { report: BoardReport }) {
  const { t } = useTranslation();
  return (
    <>
      {report.private && (
        <p className="notice late">
          <Icon name="lock" size={18} />
          <span>{t("board.privateHint")}</span>
        </p>
      )}
      <Card title={t("board.one.said")}>
        {report.description ? (
          <p className="said-text">{report.description}</p>
        ) : (
          <p>{t("board.one.nothingSaid")}</p>
        )}
        {report.answers.length > 0 && (
          <dl className="facts">
            {report.answers.map(({ question, answer }) => (
              <Fact key={question} name={question}>
                {answer}
              </Fact>
            ))}
          </dl>
        )}
      </Card>
      <Card title={t("board.one.place")}>
        <Place report={report} />
      </Card>
      <Card title={t("board.one.data")}>
        <Facts report={report} />
      </Card>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Place({ report }: { report: BoardReport }) {
  const { t } = useTranslation();
  const { where_text, where_lat, where_lon, colonia_name } = report;
  const says = colonia_name !== null && where_text.includes(colonia_name);
  return (
    <>
      <p>{[where_text || t("board.noPlace"), says ? null : colonia_name].filter(Boolean).join(", ")}</p>
      {where_lat !== null && where_lon !== null && (
        <div className="row">
          <code>
            {where_lat.toFixed(5)}, {where_lon.toFixed(5)}
          </code>
          {!report.private && (
            <Link className="with-icon" to={`/reports/map?lat=${where_lat}&lon=${where_lon}&queue=all`}>
              <Icon name="pin" size={18} />
              {t("board.one.openMap")}
            </Link>
          )}
        </div>
      )}
    </>
  );
}

function Facts({ report }: { report: BoardReport }) {
  const { t } = useTranslation();
  const { moment, date } = useTimes();
  const { nameOf } = useDepartments();
  return (
    <dl className="facts">
      <Fact name={t("board.clock.respond")}>
        <ClockSign clock={report.respond} />
      </Fact>
      <Fact name={t("board.clock.resolve")}>
        <ClockSign clock={report.resolve} />
      </Fact>
      {report.scheduled_for !== null && (
        <Fact name={t("board.state.scheduled")}>{date(report.scheduled_for)}</Fact>
      )}
      <Fact name={t("board.department")}>
        {report.department ? nameOf(report.department) : t("board.noDepartment")}
      </Fact>
      <Fact name={t("board.one.rule")}>
        <Rule rule={report.rule} />
      </Fact>
      <Fact name={t("board.who")}>{report.assignee_name ?? t("board.nobody")}</Fact>
      <Fact name={t("board.one.filed")}>{moment(report.filed_at)}</Fact>
      <Fact name={t("board.one.channel")}>
        {report.channel}
        {report.anonymous && ` · ${t("board.one.anonymous")}`}
      </Fact>
      <Fact name={t("board.one.followers")}>{report.followers}</Fact>
    </dl>
  );
}

function Rule({ rule }: { rule: string }) {
  const { t } = useTranslation();
  if (rule.startsWith("category:")) return t("board.one.ruleCategory");
  if (rule.startsWith("rule:")) return t("board.one.ruleRule", { id: rule.slice("rule:".length) });
  if (rule === "by_hand") return t("board.one.ruleHand");
  return rule === "triage:outside" ? t("board.one.ruleOutside") : t("board.one.ruleBefore");
}
