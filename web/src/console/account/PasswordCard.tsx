import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { me as account } from "../api/accounts";
import { KEYS } from "../api/keys";
import { queries } from "../session/queries";
import { useMe } from "../session/session";
import { SHORTEST_PASSWORD } from "../session/WelcomePage";
import { Button } from "../ui/Button";
import { PasswordField } from "../ui/Field";
import { Card } from "../ui/Page";
import { Problems } from "../ui/Problems";

export function PasswordCard() {
  const { t } = useTranslation();
  const { email } = useMe();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [tried, setTried] = useState(false);
  const short = next.length < SHORTEST_PASSWORD;
  const change = useMutation({
    mutationFn: () => account.password(current, next),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      setTried(false);
      void queries.invalidateQueries({ queryKey: KEYS.sessions });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!short) change.mutate();
  };
  return (
    <Card title={t("account.password")}>
      <form className="stack" onSubmit={submit}>
        <p className="hint">{t("account.passwordLead")}</p>
        {/* Password managers need to know whose it is. */}
        <input
          className="unseen"
          type="text"
          autoComplete="username"
          value={email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <PasswordField
          label={t("account.current")}
          value={current}
          onChange={setCurrent}
          autoComplete="current-password"
          isRequired
        />
        <PasswordField
          label={t("account.next")}
          hint={t("invitation.passwordHint")}
          wrong={tried && short ? t("invitation.short") : null}
          value={next}
          onChange={setNext}
          autoComplete="new-password"
          isRequired
        />
        <Problems error={change.error} />
        <p role="status">{change.isSuccess && t("account.passwordChanged")}</p>
        <div className="row">
          <Button type="submit" className="primary" isPending={change.isPending}>
            {t("account.changePassword")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
