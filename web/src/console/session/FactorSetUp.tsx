// Turning on the second factor: scan, confirm, keep the recovery codes.
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { me } from "../api/accounts";
import type { SecondFactorSetUp } from "../api/types";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/Copy";
import { Field } from "../ui/Field";
import { Problems } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { RecoveryCodes } from "./RecoveryCodes";

export function FactorSetUp({ onDone }: { onDone: () => void }) {
  const begin = useMutation({ mutationFn: me.setUpSecondFactor });
  const confirm = useMutation({ mutationFn: me.confirmSecondFactor });
  const { mutate } = begin;
  useEffect(() => mutate(), [mutate]);
  if (confirm.data) return <RecoveryCodes codes={confirm.data.recovery_codes} onKept={onDone} />;
  if (begin.error) return <Problems error={begin.error} />;
  if (!begin.data) return <Skeleton rows={2} kind="card" />;
  return (
    <Scan
      setUp={begin.data}
      busy={confirm.isPending}
      error={confirm.error}
      onCode={(code) => confirm.mutate(code)}
    />
  );
}

interface ScanProps {
  setUp: SecondFactorSetUp;
  busy: boolean;
  error: unknown;
  onCode: (code: string) => void;
}

function Scan({ setUp, busy, error, onCode }: ScanProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCode(code.replaceAll(/\s/g, ""));
  };
  return (
    <form className="stack" onSubmit={submit}>
      <ol className="steps">
        <li>
          {t("factor.step1")}
          <QrCode svg={setUp.qr_svg} />
          <p className="hint">{t("factor.noScan")}</p>
          <p className="secret">
            <code>{setUp.secret.replaceAll(/(.{4})/g, "$1 ").trim()}</code>
            <CopyButton text={setUp.secret} />
          </p>
        </li>
        <li>
          <Field
            label={t("factor.step2")}
            value={code}
            onChange={setCode}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            isRequired
          />
        </li>
      </ol>
      <Problems error={error} />
      <Button type="submit" className="primary" isPending={busy}>
        {t("factor.confirm")}
      </Button>
    </form>
  );
}

/** As a picture, so that what the server drew is never markup of this page. */
function QrCode({ svg }: { svg: string }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return <div className="qr">{url && <img src={url} alt={t("factor.qr")} width="208" height="208" />}</div>;
}
