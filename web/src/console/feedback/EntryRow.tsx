import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { feedback } from "../api/feedback";
import { KEYS } from "../api/keys";
import type { FeedbackEntry } from "../api/types";
import { queries } from "../session/queries";
import { Button } from "../ui/Button";
import { Problems } from "../ui/Problems";
import { useTimes } from "../ui/useTimes";
import { missingWords } from "./filter";
import { NoteWindow } from "./NoteWindow";

/** One thing that somebody told: what, when, and what becomes of it. */
export function EntryRow({ entry }: { entry: FeedbackEntry }) {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const [noting, setNoting] = useState(false);
  const { reference, kind, place, score, said, note, at, read_at, read_by } = entry;
  const marking = useMutation({
    mutationFn: (read: boolean) => feedback.change(reference, { read }),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEYS.feedback }),
  });
  const missing = missingWords(entry);
  const noteAct = t(note === null ? "feedback.addNote" : "feedback.changeNote");
  const readAct = t(read_at === null ? "feedback.markRead" : "feedback.markUnread");
  return (
    <li className="feedback-entry">
      <div className="listed">
        <p className="row">
          <span className="badge">{t(`feedback.one.${kind}`)}</span>
          {place !== null && <strong>{place}</strong>}
          {score !== null && <span>{t("feedback.score", { score })}</span>}
        </p>
        {missing ? <p className="hint">{t(missing)}</p> : <p className="feedback-words">{said}</p>}
        {note !== null && (
          <p className="notice">
            <strong>{t("feedback.note")}:</strong> <span className="feedback-words">{note}</span>
          </p>
        )}
        <p className="hint">
          {reference} · {moment(at)}
          {read_at !== null && ` · ${t("feedback.readBy", { name: read_by ?? "", time: moment(read_at) })}`}
        </p>
        <Problems error={marking.error} />
      </div>
      <div className="row">
        <Button
          className={read_at === null ? "primary" : "quiet"}
          isPending={marking.isPending}
          aria-label={t("feedback.of", { act: readAct, reference })}
          onPress={() => marking.mutate(read_at === null)}
        >
          {readAct}
        </Button>
        <Button
          className="quiet"
          aria-label={t("feedback.of", { act: noteAct, reference })}
          onPress={() => setNoting(true)}
        >
          {noteAct}
        </Button>
      </div>
      <NoteWindow entry={entry} isOpen={noting} onClose={() => setNoting(false)} />
    </li>
  );
}
