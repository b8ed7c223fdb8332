// What can be done about a report now: what one does most in front, the rest in a menu.
import { useState } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { BoardReport, NextMove, ReportState } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { Window } from "../../ui/Window";
import { AssignForm } from "./AssignForm";
import { MergeForm } from "./MergeForm";
import { MoveForm } from "./MoveForm";
import { inFront } from "./moves";
import { NoteForm } from "./NoteForm";

type Open = { act: "move"; move: NextMove } | { act: "attend" | "note" | "merge" };

const MOVES = [
  "in_progress",
  "resolved_claimed",
  "scheduled",
  "waiting_citizen",
  "assigned",
  "triage",
  "referred",
  "closed_rejected",
  "reopened",
] as const satisfies readonly ReportState[];

function useNames() {
  const { t } = useTranslation();
  return (move: NextMove) => {
    const known = MOVES.find((to) => to === move.to);
    return known ? t(`board.act.${known}`) : t(`board.state.${move.to}`);
  };
}

export function Actions({ report }: { report: BoardReport }) {
  const { t } = useTranslation();
  const nameOf = useNames();
  const [open, setOpen] = useState<Open | null>(null);
  const { first, rest } = inFront(report.next);
  const mayMerge = !report.private && report.next.some(({ to }) => to === "duplicate");
  const isOpen = report.next.length > 0 && !report.next.every(({ to }) => to === "reopened");
  return (
    <section className="row report-actions" aria-label={t("board.act.title")}>
      {first.map((move, index) => (
        <Button
          key={move.to}
          className={index === 0 ? "primary" : "quiet"}
          onPress={() => setOpen({ act: "move", move })}
        >
          {nameOf(move)}
        </Button>
      ))}
      <Button className="quiet" onPress={() => setOpen({ act: "note" })}>
        {t("board.act.note")}
      </Button>
      <MenuTrigger>
        <Button className="quiet with-icon">
          {t("board.act.more")}
          <Icon name="down" size={18} />
        </Button>
        <Popover className="popover">
          <Menu className="options">
            {rest.map((move) => (
              <MenuItem key={move.to} className="option" onAction={() => setOpen({ act: "move", move })}>
                {nameOf(move)}
              </MenuItem>
            ))}
            {isOpen && (
              <MenuItem className="option" onAction={() => setOpen({ act: "attend" })}>
                {t("board.act.attend")}
              </MenuItem>
            )}
            {mayMerge && (
              <MenuItem className="option" onAction={() => setOpen({ act: "merge" })}>
                {t("board.act.merge")}
              </MenuItem>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
      <ActWindow report={report} open={open} nameOf={nameOf} onClose={() => setOpen(null)} />
    </section>
  );
}

interface WindowProps {
  report: BoardReport;
  open: Open | null;
  nameOf: (move: NextMove) => string;
  onClose: () => void;
}

function ActWindow({ report, open, nameOf, onClose }: WindowProps) {
  const { t } = useTranslation();
  const title = open && (open.act === "move" ? nameOf(open.move) : t(`board.act.${open.act}`));
  return (
    <Window title={title ?? ""} isOpen={open !== null} onClose={onClose}>
      {open?.act === "move" && <MoveForm report={report} move={open.move} onClose={onClose} />}
      {open?.act === "attend" && <AssignForm report={report} onClose={onClose} />}
      {open?.act === "note" && <NoteForm report={report} onClose={onClose} />}
      {open?.act === "merge" && <MergeForm report={report} onClose={onClose} />}
    </Window>
  );
}
