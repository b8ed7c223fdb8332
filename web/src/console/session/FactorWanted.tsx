// The town demands a second factor and this account has none: nothing else is open before.
import { useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { KEYS } from "../api/keys";
import { Door } from "./Door";
import { FactorSetUp } from "./FactorSetUp";
import { queries } from "./queries";
import { signOut } from "./session";

export function FactorWanted() {
  const { t } = useTranslation();
  const [begun, setBegun] = useState(false);
  return (
    <Door title={t("factor.wantedTitle")} lead={t("factor.wantedLead")}>
      {begun ? (
        <FactorSetUp onDone={() => void queries.invalidateQueries({ queryKey: KEYS.me })} />
      ) : (
        <div className="row">
          <Button className="primary" onPress={() => setBegun(true)}>
            {t("factor.start")}
          </Button>
          <Button className="quiet" onPress={() => void signOut()}>
            {t("shell.signOut")}
          </Button>
        </div>
      )}
    </Door>
  );
}
