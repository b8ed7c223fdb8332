import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import type { CallMade, Chat } from "../../api/types";
import { Button } from "../../ui/Button";
import { RadioOne } from "../../ui/Choice";
import { Field } from "../../ui/Field";
import { Problems } from "../../ui/Problems";
import { Window } from "../../ui/Window";
import { fieldTime, momentOf, nextCall } from "../due";
import { useCall } from "./useCall";

interface Props {
  chat: Chat;
  isOpen: boolean;
  onClose: () => void;
}

/** What came of a call; who did not pick up is promised another one. */
export function MadeWindow({ chat, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Window title={t("calls.made")} isOpen={isOpen} onClose={onClose}>
      <Form chat={chat} onClose={onClose} />
    </Window>
  );
}

type Outcome = CallMade["outcome"];

function Form({ chat, onClose }: Omit<Props, "isOpen">) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<Outcome>("reached");
  const [again, setAgain] = useState(() => fieldTime(nextCall(Date.now())));
  const at = momentOf(again);
  const made = useCall(
    chat,
    (when: number | null) =>
      desk.callMade(chat.id, {
        version: chat.version,
        outcome,
        ...(outcome === "no_answer" ? { again_at: when } : {}),
      }),
    t(outcome === "reached" ? "calls.saidReached" : "calls.saidAgain"),
    onClose,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    made.mutate(at);
  };
  return (
    <form className="stack" onSubmit={submit}>
      <RadioOne<Outcome>
        label={t("calls.outcome")}
        value={outcome}
        onChange={setOutcome}
        options={[
          { value: "reached", label: t("calls.reached"), hint: t("calls.reachedHint") },
          { value: "no_answer", label: t("calls.noAnswer"), hint: t("calls.noAnswerHint") },
        ]}
      />
      {outcome === "no_answer" && (
        <Field label={t("calls.again")} type="datetime-local" value={again} onChange={setAgain} isRequired />
      )}
      <Problems error={made.error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button
          type="submit"
          className="primary"
          isPending={made.isPending}
          isDisabled={outcome === "no_answer" && at === null}
        >
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
