import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import { codeOf } from "../../api/problem";
import type { Chat, Close } from "../../api/types";
import { Button } from "../../ui/Button";
import { OnOff, RadioOne, SelectOne } from "../../ui/Choice";
import { Problems } from "../../ui/Problems";
import { Window } from "../../ui/Window";
import { refresh } from "../chats";
import { useSay } from "../say";

interface Props {
  chat: Chat;
  isOpen: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** Giving the citizen back to the assistant, which has to know where to go on. */
export function CloseWindow(props: Props) {
  const { t } = useTranslation();
  return (
    <Window title={t("actions.closeTitle")} isOpen={props.isOpen} onClose={props.onClose}>
      <Form {...props} />
    </Window>
  );
}

type Then = Close["then"];

function useThenOptions(chat: Chat) {
  const { t } = useTranslation();
  const resume = { value: "resume" as const, label: t("actions.resume"), hint: t("actions.resumeHint") };
  return [
    ...(chat.packet.flow ? [resume] : []),
    { value: "menu" as const, label: t("actions.menu"), hint: t("actions.menuHint") },
    { value: "flow" as const, label: t("actions.flow"), hint: t("actions.flowHint") },
    { value: "nothing" as const, label: t("actions.nothing"), hint: t("actions.nothingHint") },
  ];
}

function Form({ chat, onClose, onDone }: Props) {
  const { t, i18n } = useTranslation();
  const say = useSay();
  const [then, setThen] = useState<Then>(chat.packet.flow ? "resume" : "menu");
  const [asks, setAsks] = useState(true);
  const mayAsk = chat.can.ask_rating && (then === "menu" || then === "nothing");
  const [flow, setFlow] = useState<string | null>(null);
  const options = useThenOptions(chat);
  const { data } = useQuery({
    queryKey: KEYS.flows(i18n.language),
    queryFn: () => desk.flows(i18n.language),
    enabled: then === "flow",
  });
  const close = useMutation({
    mutationFn: () =>
      desk.close(chat.id, {
        version: chat.version,
        then,
        ask_rating: mayAsk && asks,
        ...(then === "flow" && flow ? { flow } : {}),
      }),
    onSuccess: () => {
      refresh(chat.id);
      say(t("actions.closed"));
      onDone();
    },
    onError: (error) => ["stale", "not_asked"].includes(codeOf(error)) && refresh(chat.id),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    close.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <RadioOne<Then> label={t("actions.closeLead")} value={then} onChange={setThen} options={options} />
      {then === "flow" && (
        <SelectOne
          label={t("actions.flowLabel")}
          placeholder={t("actions.choose")}
          value={flow}
          onChange={setFlow}
          options={(data?.flows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {mayAsk && (
        <OnOff isSelected={asks} onChange={setAsks}>
          {t("actions.askRating")}
        </OnOff>
      )}
      <Problems error={close.error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button
          type="submit"
          className="primary"
          isPending={close.isPending}
          isDisabled={then === "flow" && flow === null}
        >
          {t("actions.closeSubmit")}
        </Button>
      </div>
    </form>
  );
}
