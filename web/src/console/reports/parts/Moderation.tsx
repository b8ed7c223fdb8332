// The description as everybody reads it: without names, phones and house numbers.
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { board } from "../../api/board";
import type { BoardReport } from "../../api/types";
import { useSay } from "../../desk/say";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Card } from "../../ui/Page";
import { Problems } from "../../ui/Problems";
import { refreshBoard } from "../refresh";

const STATE = { shown: "textShown", hidden: "textHidden", waiting: "textWaiting" } as const;

export function Moderation({ report }: { report: BoardReport }) {
  const { t } = useTranslation();
  const say = useSay();
  const [text, setText] = useState(report.public_text ?? report.description ?? "");
  const moderate = useMutation({
    mutationFn: (shown: boolean) => board.moderateText(report.id, { version: report.version, text, shown }),
    onSuccess: () => say(t("board.act.saved")),
    onSettled: () => refreshBoard(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    moderate.mutate(true);
  };
  const state = report.moderation as keyof typeof STATE;
  return (
    <Card title={t("board.one.publicText")}>
      <form className="stack" onSubmit={submit}>
        <p>{t(`board.one.${STATE[state] ?? STATE.waiting}`)}</p>
        <Field
          label={t("board.one.publicText")}
          hint={t("board.one.publicTextHint")}
          value={text}
          onChange={setText}
          rows={4}
        />
        <Problems error={moderate.error} />
        <div className="row">
          <Button
            type="submit"
            className="primary"
            isPending={moderate.isPending}
            isDisabled={text.trim() === ""}
          >
            {t("board.one.showText")}
          </Button>
          <Button className="quiet" isPending={moderate.isPending} onPress={() => moderate.mutate(false)}>
            {t("board.one.hideText")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
