import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { board } from "../../api/board";
import { FormFoot } from "../../desk/actions/DeedWindow";
import { useDraft } from "../../desk/composer/useDraft";
import { OnOff } from "../../ui/Choice";
import { Field } from "../../ui/Field";
import type { ActProps } from "./MoveForm";
import { useAct } from "./useAct";

export function NoteForm({ report, onClose }: ActProps) {
  const { t } = useTranslation();
  const draft = useDraft(report.id, "note");
  const [isPublic, setPublic] = useState(false);
  const act = useAct(
    () => board.note(report.id, { version: report.version, text: draft.text, public: isPublic }),
    () => {
      draft.set("");
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Field
        label={t("board.act.noteText")}
        hint={t("board.act.draftKept")}
        value={draft.text}
        onChange={draft.set}
        rows={4}
        maxLength={2000}
      />
      {!report.private && (
        <OnOff isSelected={isPublic} onChange={setPublic}>
          {t("board.act.notePublic")}
        </OnOff>
      )}
      <FormFoot
        error={act.error}
        busy={act.isPending}
        ready={draft.text.trim() !== ""}
        action={t("common.save")}
        onClose={onClose}
      />
    </form>
  );
}
