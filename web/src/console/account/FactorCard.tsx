// The second factor of one's own account: on, off, new recovery codes.
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { me as account } from "../api/accounts";
import { KEYS } from "../api/keys";
import { FactorSetUp } from "../session/FactorSetUp";
import { queries } from "../session/queries";
import { RecoveryCodes } from "../session/RecoveryCodes";
import { useMe } from "../session/session";
import { Button } from "../ui/Button";
import { PasswordField } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { Card } from "../ui/Page";
import { Problems } from "../ui/Problems";
import { Window } from "../ui/Window";

type Open = "on" | "off" | "codes" | null;

export function FactorCard() {
  const { t } = useTranslation();
  const { second_factor: on } = useMe();
  const [open, setOpen] = useState<Open>(null);
  const done = () => {
    setOpen(null);
    void queries.invalidateQueries({ queryKey: KEYS.me });
  };
  return (
    <Card title={t("account.factor")}>
      <div className="stack">
        <p className={on ? "notice good" : "notice late"}>
          <Icon name={on ? "check" : "warning"} />
          <span>{on ? t("account.factorOn") : t("account.factorOff")}</span>
        </p>
        <div className="row">
          {on ? (
            <>
              <Button className="quiet" onPress={() => setOpen("codes")}>
                {t("account.newCodes")}
              </Button>
              <Button className="quiet" onPress={() => setOpen("off")}>
                {t("account.turnOff")}
              </Button>
            </>
          ) : (
            <Button className="primary" onPress={() => setOpen("on")}>
              {t("account.turnOn")}
            </Button>
          )}
        </div>
      </div>
      <Window title={t("account.factor")} isOpen={open === "on"} onClose={done}>
        <FactorSetUp onDone={done} />
      </Window>
      <Window title={t("account.turnOffTitle")} isOpen={open === "off"} onClose={() => setOpen(null)}>
        <TurnOff onDone={done} onClose={() => setOpen(null)} />
      </Window>
      <Window title={t("account.newCodesTitle")} isOpen={open === "codes"} onClose={() => setOpen(null)}>
        <NewCodes onDone={done} onClose={() => setOpen(null)} />
      </Window>
    </Card>
  );
}

interface Props {
  onDone: () => void;
  onClose: () => void;
}

function TurnOff({ onDone, onClose }: Props) {
  const { t } = useTranslation();
  const off = useMutation({ mutationFn: account.removeSecondFactor, onSuccess: onDone });
  return (
    <WithPassword
      lead={t("account.turnOffLead")}
      action={t("account.turnOff")}
      busy={off.isPending}
      error={off.error}
      onClose={onClose}
      onPassword={(password) => off.mutate(password)}
    />
  );
}

function NewCodes({ onDone, onClose }: Props) {
  const { t } = useTranslation();
  const make = useMutation({ mutationFn: account.recoveryCodes });
  if (make.data) return <RecoveryCodes codes={make.data.recovery_codes} onKept={onDone} />;
  return (
    <WithPassword
      lead={t("account.newCodesLead")}
      action={t("account.newCodes")}
      busy={make.isPending}
      error={make.error}
      onClose={onClose}
      onPassword={(password) => make.mutate(password)}
    />
  );
}

interface WithPasswordProps {
  lead: ReactNode;
  action: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onPassword: (password: string) => void;
}

/** What weakens an account asks for the password once more: an open screen is not enough. */
function WithPassword({ lead, action, busy, error, onClose, onPassword }: WithPasswordProps) {
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
