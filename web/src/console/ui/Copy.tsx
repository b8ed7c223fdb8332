// Copying to the clipboard, said aloud; and what is shown only once.
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";

const SAID_MS = 2500;

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = () => void navigator.clipboard?.writeText(text).then(() => setDone(true));
  return (
    <Button className="quiet with-icon" onPress={copy}>
      <Icon name={done ? "check" : "copy"} size={18} />
      <span aria-live="polite">{done ? t("common.copied") : (label ?? t("common.copy"))}</span>
    </Button>
  );
}

/** A link or a key: selected at a touch where the clipboard is closed. */
export function ShownOnce({ label, text }: { label: string; text: string }) {
  return (
    <div className="shown-once">
      <label>
        {label}
        <input className="field" readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <CopyButton text={text} />
    </div>
  );
}
