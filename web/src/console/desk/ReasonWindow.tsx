import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Problems } from "../ui/Problems";
import { Window } from "../ui/Window";

interface Props<T> {
  title: string;
  lead: string;
  hint: string;
  action: string;
  isOpen: boolean;
  onClose: () => void;
  act: (reason: string) => Promise<T>;
  onDone: (answer: T) => void;
  onRefused: (error: unknown) => void;
}

/** An act that somebody else reads the reason of. */
export function ReasonWindow<T>({ title, isOpen, onClose, ...form }: Props<T>) {
  return (
    <Window title={title} isOpen={isOpen} onClose={onClose}>
      <Form {...form} onClose={onClose} />
    </Window>
  );
}

function Form<T>(props: Omit<Props<T>, "title" | "isOpen">) {
  const { lead, hint, action, onClose, act, onDone, onRefused } = props;
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const doing = useMutation({
    mutationFn: () => act(reason.trim()),
    onSuccess: (answer) => {
      onDone(answer);
      onClose();
    },
    onError: onRefused,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() !== "") doing.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{lead}</p>
      <Field
        label={t("claim.reason")}
        hint={hint}
        value={reason}
        onChange={setReason}
        isRequired
        maxLength={500}
        autoFocus
      />
      <Problems error={doing.error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button
          type="submit"
          className="primary"
          isPending={doing.isPending}
          isDisabled={reason.trim() === ""}
        >
          {action}
        </Button>
      </div>
    </form>
  );
}
