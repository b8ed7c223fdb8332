// What happened, the newest first, with everything that was said.
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { photoUrl } from "../../api/board";
import type { BoardEvent, BoardReport } from "../../api/types";
import { Icon, type IconName } from "../../ui/Icon";
import { useDepartments } from "../../ui/useDepartments";
import { useTimes } from "../../ui/useTimes";

export function Timeline({ report }: { report: BoardReport }) {
  return (
    <ol className="timeline">
      {[...report.events].reverse().map((event) => (
        <Happened key={event.seq} report={report.id} event={event} />
      ))}
    </ol>
  );
}

const SIGNS: Readonly<Record<string, IconName>> = {
  filed: "plus",
  moved: "pass",
  noted: "note",
  merged: "merge",
  taken_apart: "undo",
  attended: "person",
  passed_on: "team",
  moderated: "eye",
  joined: "person",
  left: "person",
  photo_added: "photo",
  confirmed: "check",
  look_after: "clock",
  untold: "warning",
};

/** What needs no more than its words. */
const PLAIN = [
  "filed",
  "imported",
  "noted",
  "moderated",
  "joined",
  "left",
  "added",
  "photo_added",
  "confirmed",
  "ask_fixed",
  "ask_lapsed",
  "remind",
  "still_open",
  "look_after",
  "sent",
  "told",
  "untold",
] as const;

const BYS = ["citizen", "system", "staff", "key", "source", "cli"] as const;

function whoOf({ by, by_name }: BoardEvent, t: TFunction): string {
  const known = BYS.find((one) => one === by);
  return by_name ?? (known ? t(`board.event.by.${known}`) : by);
}

function titleOf(event: BoardEvent, t: TFunction, departmentOf: (id: string) => string): string {
  const folio = event.folio ?? "";
  switch (event.kind) {
    case "moved":
      return t("board.event.moved", { state: t(`board.state.${event.to}`) });
    case "merged":
      return t("board.event.merged", { folio });
    case "taken_apart":
      return t("board.event.taken_apart", { folio });
    case "attended":
      return event.assignee_name
        ? t("board.event.attended", { name: event.assignee_name })
        : t("board.event.attendedNobody");
    case "passed_on":
      return t("board.event.passed_on", { department: departmentOf(event.department ?? "") });
  }
  const plain = PLAIN.find((kind) => kind === event.kind);
  return t(`board.event.${plain ?? "other"}`);
}

function Happened({ report, event }: { report: string; event: BoardEvent }) {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const { nameOf } = useDepartments();
  return (
    <li>
      <span className="timeline-sign">
        <Icon name={SIGNS[event.kind] ?? "info"} size={16} />
      </span>
      <div>
        <strong>{titleOf(event, t, nameOf)}</strong>
        <small>
          {whoOf(event, t)} · {moment(event.at)}
        </small>
        <More event={event} />
        <Said event={event} />
        <Shown report={report} photos={event.photos} />
      </div>
    </li>
  );
}

function More({ event }: { event: BoardEvent }) {
  const { t } = useTranslation();
  const { date } = useTimes();
  const { nameOf } = useDepartments();
  const reason = event.kind === "moved" && event.to === "closed_rejected" ? event.reason : null;
  const authority = event.authority;
  return (
    <>
      {reason && <p>{t(`board.reasons.${reason}` as "board.reasons.other", { defaultValue: reason })}</p>}
      {event.kind === "moved" && event.department && (
        <p>{t("board.event.toDepartment", { department: nameOf(event.department) })}</p>
      )}
      {event.scheduled_for !== null && <p>{t("board.event.day", { day: date(event.scheduled_for) })}</p>}
      {authority && (
        <p>{t(authority.folio ? "board.event.authorityFolio" : "board.event.authority", { ...authority })}</p>
      )}
    </>
  );
}

function Said({ event }: { event: BoardEvent }) {
  const { t } = useTranslation();
  const words = [
    { key: "public", label: t("board.event.public"), text: event.public_text },
    { key: "internal", label: t("board.event.internal"), text: event.private_note },
    { key: "citizen", label: t("board.event.citizenSaid"), text: event.citizen_text },
  ];
  return words.map(
    ({ key, label, text }) =>
      text && (
        <blockquote key={key} className={`words ${key}`}>
          <small>{label}</small>
          <p>{text}</p>
        </blockquote>
      ),
  );
}

function Shown({ report, photos }: { report: string; photos: readonly string[] }) {
  const { t } = useTranslation();
  if (photos.length === 0) return null;
  return (
    <div className="row">
      {photos.map((photo) => (
        <a key={photo} href={photoUrl(report, photo)} target="_blank" rel="noreferrer">
          <img
            className="thumb"
            src={photoUrl(report, photo, true)}
            alt={t("board.one.photoEvidence")}
            loading="lazy"
          />
        </a>
      ))}
    </div>
  );
}
