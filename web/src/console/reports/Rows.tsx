import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { BoardRow } from "../api/types";
import { Icon } from "../ui/Icon";
import { useDepartments } from "../ui/useDepartments";
import { useTimes } from "../ui/useTimes";
import { ClockSign, StateSign } from "./signs";

export interface ListProps {
  reports: readonly BoardRow[];
  picked: readonly string[];
  onPick: (id: string, on: boolean) => void;
}

/** Reports as a table. */
export function Rows({ reports, picked, onPick }: ListProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section className="table-frame" tabIndex={0} aria-label={t("board.title")}>
      <table className="board-table">
        <thead>
          <tr>
            <th scope="col">{t("board.folio")}</th>
            <th scope="col">{t("board.what")}</th>
            <th scope="col">{t("board.stateHead")}</th>
            <th scope="col">{t("board.dueHead")}</th>
            <th scope="col">{t("board.who")}</th>
          </tr>
        </thead>
        <tbody>
          {reports.map((report) => (
            <Row key={report.id} report={report} picked={picked.includes(report.id)} onPick={onPick} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  report: BoardRow;
  picked: boolean;
  onPick: ListProps["onPick"];
}

function Row({ report, picked, onPick }: RowProps) {
  const { day } = useTimes();
  return (
    <tr>
      <th scope="row">
        <Pick report={report} picked={picked} onPick={onPick} />
        <Link data-row to={`/reports/${report.id}`} className="folio">
          {report.folio}
        </Link>
        <small>{day(report.filed_at)}</small>
      </th>
      <td className="breaks">
        <What report={report} />
      </td>
      <td>
        <StateSign state={report.state} />
        <People report={report} />
      </td>
      <td>
        <ClockSign clock={report.clock} />
      </td>
      <td>
        <Whose report={report} />
      </td>
    </tr>
  );
}

/** What is chosen goes on a sheet for the road. */
export function Pick({ report, picked, onPick }: RowProps) {
  const { t } = useTranslation();
  return (
    <label className="pick">
      <input
        type="checkbox"
        checked={picked}
        onChange={(event) => onPick(report.id, event.target.checked)}
        aria-label={t("board.pick", { folio: report.folio })}
      />
    </label>
  );
}

export function What({ report }: { report: BoardRow }) {
  const { t } = useTranslation();
  const { category_name, place, colonia_name, summary } = report;
  // "Col. Centro" says its colonia already.
  const says = colonia_name !== null && place?.includes(colonia_name);
  const where = [place, says ? null : colonia_name].filter((part) => part !== null);
  return (
    <>
      <strong>{category_name}</strong>
      {report.private && (
        <span className="badge late">
          <Icon name="lock" size={14} />
          {t("board.private")}
        </span>
      )}
      {where.length > 0 && <span className="pair">{where.join(", ")}</span>}
      {summary && <small>{summary}</small>}
    </>
  );
}

export function People({ report: { people } }: { report: BoardRow }) {
  const { t } = useTranslation();
  if (people < 2) return null;
  return <small>{t("board.people", { count: people })}</small>;
}

export function Whose({ report: { department, assignee_name } }: { report: BoardRow }) {
  const { t } = useTranslation();
  const { nameOf } = useDepartments();
  return (
    <>
      {department ? nameOf(department) : t("board.noDepartment")}
      <small>{assignee_name ?? t("board.nobody")}</small>
    </>
  );
}
