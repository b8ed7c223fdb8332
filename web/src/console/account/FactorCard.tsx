// The second factor of one's own account: on, off, new recovery codes.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { me as account } from "../api/accounts";
import { KEYS } from "../api/keys";
import { FactorSetUp } from "../session/FactorSetUp";
import { queries } from "../session/queries";
import { RecoveryCodes } from "../session/RecoveryCodes";
import { useMe } from "../session/session";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Card } from "../ui/Page";
import { Window } from "../ui/Window";
import { WithPassword } from "./WithPassword";

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
