// The recovery codes, which are shown once: to copy, to keep as a file.
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../ui/Copy";

export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTranslation();
  const text = `${codes.join("\n")}\n`;
  return (
    <div className="stack">
      <h2>{t("factor.codesTitle")}</h2>
      <p>{t("factor.codesLead")}</p>
      <ul className="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="row">
        <CopyButton text={text} />
        <DownloadLink text={text} />
      </div>
      <Button className="primary" onPress={onKept}>
        {t("factor.codesKept")}
      </Button>
    </div>
  );
}

function DownloadLink({ text }: { text: string }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return (
    <a className="quiet link-button" href={url} download={t("factor.fileName")}>
      {t("common.download")}
    </a>
  );
}
