import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { desk } from "../api/desk";
import { KEYS } from "../api/keys";
import type { Language, Reply, ReplyText } from "../api/types";
import { queries } from "../session/queries";
import { spoken } from "../text/i18n";
import { Button } from "../ui/Button";
import { SelectOne } from "../ui/Choice";
import { Field } from "../ui/Field";
import { Problems } from "../ui/Problems";
import { Window } from "../ui/Window";

interface Props {
  /** null: a new one. */
  reply: Reply | null;
  onClose: () => void;
}

/** What may stand in a text; the page fills it in when the reply is chosen. */
const VARIABLES = "{{nombre}}, {{agente}}, {{folio}}";
const LONGEST = { shortcut: 40, title: 80, text: 4096 } as const;

export function ReplyWindow({ reply, onClose }: Props) {
  const { t } = useTranslation();
  const title = reply ? t("replies.editTitle", { title: reply.title }) : t("replies.makeTitle");
  return (
    <Window title={title} isOpen onClose={onClose}>
      <Form reply={reply} onClose={onClose} />
    </Window>
  );
}

function useSave(reply: Reply | null, onDone: () => void) {
  return useMutation({
    mutationFn: (written: ReplyText) =>
      reply ? desk.changeReply(reply.id, written) : desk.makeReply(written),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: KEYS.replies });
      onDone();
    },
  });
}

function Form({ reply, onClose }: Props) {
  const { t } = useTranslation();
  const [written, setWritten] = useState<ReplyText>(
    () => reply ?? { shortcut: "", title: "", text: "", language: spoken() },
  );
  const set = (change: Partial<ReplyText>) => setWritten((before) => ({ ...before, ...change }));
  const save = useSave(reply, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { shortcut, title, text, language } = written;
    save.mutate({ shortcut: shortcut.trim(), title: title.trim(), text: text.trim(), language });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Texts written={written} set={set} />
      <SelectOne<Language>
        label={t("replies.language")}
        value={written.language === "en" ? "en" : "es"}
        onChange={(language) => set({ language })}
        options={[
          { value: "es", label: "Español" },
          { value: "en", label: "English" },
        ]}
      />
      <Problems error={save.error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" className="primary" isPending={save.isPending}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}

function Texts({ written, set }: { written: ReplyText; set: (change: Partial<ReplyText>) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Field
        label={t("replies.titleField")}
        value={written.title}
        onChange={(title) => set({ title })}
        maxLength={LONGEST.title}
        isRequired
        autoFocus
      />
      <Field
        label={t("replies.shortcut")}
        hint={t("replies.shortcutHint")}
        value={written.shortcut}
        onChange={(shortcut) => set({ shortcut: shortcut.replaceAll(/\s/g, "") })}
        maxLength={LONGEST.shortcut}
        spellCheck="false"
        isRequired
      />
      <Field
        label={t("replies.text")}
        hint={t("replies.textHint", { names: VARIABLES })}
        value={written.text}
        onChange={(text) => set({ text })}
        maxLength={LONGEST.text}
        rows={5}
        isRequired
      />
    </>
  );
}
