import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import { PasswordField } from "../ui/Field";
import { Problems } from "../ui/Problems";

interface Props {
  lead: ReactNode;
  action: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onPassword: (password: string) => void;
}

/** What weakens an account asks for the password once more: an open screen is not enough. */
export function WithPassword({ lead, action, busy, error, onClose, onPassword }: Props) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onPassword(password);
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{lead}</p>
      <PasswordField
        label={t("account.confirmPassword")}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        isRequired
        autoFocus
      />
      <Problems error={error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" className="primary" isPending={busy}>
          {action}
        </Button>
      </div>
    </form>
  );
}
