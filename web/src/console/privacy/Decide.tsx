import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { KEYS } from "../api/keys";
import { privacy } from "../api/privacy";
import type { PrivacyRequest } from "../api/types";
import { queries } from "../session/queries";
import { Button } from "../ui/Button";
import { Card } from "../ui/Page";
import { Confirm } from "../ui/Window";
import { WordsWindow } from "./WordsWindow";

type Act = "erase" | "answer" | "refuse";

/** What can be done about an open request. Whatever was asked, it may be refused; the rest goes by what was asked. */
export function Decide({ request: { reference, kind } }: { request: PrivacyRequest }) {
  const { t } = useTranslation();
  const [act, setAct] = useState<Act | null>(null);
  const close = () => setAct(null);
  const main: Act = kind === "erase" ? "erase" : "answer";
  return (
    <Card title={t("privacy.one.decide")}>
      <p className="hint">{t("privacy.one.decideHint")}</p>
      <div className="row">
        <Button className="primary" onPress={() => setAct(main)}>
          {t(`privacy.${main}`)}
        </Button>
        <Button className="quiet" onPress={() => setAct("refuse")}>
          {t("privacy.refuse")}
        </Button>
      </div>
      <Erasing reference={reference} isOpen={act === "erase"} onClose={close} />
      <WordsWindow
        title={t("privacy.answerTitle", { reference })}
        lead={t("privacy.answerLead")}
        action={t("privacy.answer")}
        isOpen={act === "answer"}
        onClose={close}
        act={(words) => privacy.answer(reference, words)}
      />
      <WordsWindow
        title={t("privacy.refuseTitle", { reference })}
        lead={t("privacy.refuseLead")}
        action={t("privacy.refuseAction")}
        isOpen={act === "refuse"}
        onClose={close}
        act={(words) => privacy.refuse(reference, words)}
      />
    </Card>
  );
}

function Erasing({
  reference,
  isOpen,
  onClose,
}: {
  reference: string;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const erasing = useMutation({
    mutationFn: () => privacy.erase(reference),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: KEYS.privacy });
    },
  });
  const close = () => {
    erasing.reset();
    onClose();
  };
  return (
    <Confirm
      title={t("privacy.eraseTitle", { reference })}
      lead={t("privacy.eraseLead")}
      action={t("privacy.erase")}
      isOpen={isOpen}
      busy={erasing.isPending}
      error={erasing.error}
      onClose={close}
      onConfirm={() => erasing.mutate()}
    />
  );
}
