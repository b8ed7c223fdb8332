import { Link } from "react-router";
import { useTimes } from "../ui/useTimes";
import { type ListProps, People, Pick, What, Whose } from "./Rows";
import { ClockSign, StateSign } from "./signs";

/** Reports as cards: on a phone. */
export function Cards({ reports, picked, onPick }: ListProps) {
  const { day } = useTimes();
  return (
    <ul className="report-cards">
      {reports.map((report) => (
        <li key={report.id} className="report-card">
          <div className="report-card-head">
            <Pick report={report} picked={picked.includes(report.id)} onPick={onPick} />
            <Link data-row to={`/reports/${report.id}`} className="folio">
              {report.folio}
            </Link>
            <small>{day(report.filed_at)}</small>
          </div>
          <div className="breaks">
            <What report={report} />
          </div>
          <div className="row">
            <StateSign state={report.state} />
            <ClockSign clock={report.clock} />
            <People report={report} />
          </div>
          <div className="whose">
            <Whose report={report} />
          </div>
        </li>
      ))}
    </ul>
  );
}
