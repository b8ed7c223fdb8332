import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { deeds } from "../../api/deeds";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import { RadioOne, SelectOne } from "../../ui/Choice";
import { FormFoot, type FormProps } from "./DeedWindow";
import { useDeed } from "./useDeed";

type What = "consent" | "flow";

const CONSENTS = ["case_updates", "suggestions", "surveys", "news"] as const;

/** The assistant asks for a permission or does a procedure, and the chat comes back. */
export function LendForm({ chat, onClose }: FormProps) {
  const { t, i18n } = useTranslation();
  const [what, setWhat] = useState<What>("consent");
  const [consent, setConsent] = useState<string | null>(null);
  const [flow, setFlow] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: KEYS.flows(i18n.language),
    queryFn: () => desk.flows(i18n.language),
    enabled: what === "flow",
  });
  const lend = useDeed(
    chat.id,
    () =>
      deeds.lend(chat.id, {
        version: chat.version,
        what: what === "consent" ? { consent: consent ?? "" } : { flow: flow ?? "" },
      }),
    () => t("deeds.lent"),
    onClose,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    lend.mutate();
  };
  const offered = CONSENTS.filter((purpose) => chat.can.consents.includes(purpose));
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("deeds.lendLead")}</p>
      <RadioOne<What>
        label={t("deeds.lendWhat")}
        value={what}
        onChange={setWhat}
        options={[
          { value: "consent", label: t("deeds.lendConsent"), hint: t("deeds.lendConsentHint") },
          { value: "flow", label: t("deeds.lendFlow"), hint: t("deeds.lendFlowHint") },
        ]}
      />
      {what === "consent" ? (
        <SelectOne
          key="consent"
          label={t("deeds.consentLabel")}
          placeholder={t("actions.choose")}
          value={consent}
          onChange={setConsent}
          options={offered.map((value) => ({ value, label: t(`packet.consent.${value}`) }))}
        />
      ) : (
        <SelectOne
          key="flow"
          label={t("actions.flowLabel")}
          placeholder={t("actions.choose")}
          value={flow}
          onChange={setFlow}
          options={(data?.flows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <FormFoot
        error={lend.error}
        busy={lend.isPending}
        ready={(what === "consent" ? consent : flow) !== null}
        action={t("deeds.lendSubmit")}
        onClose={onClose}
      />
    </form>
  );
}
