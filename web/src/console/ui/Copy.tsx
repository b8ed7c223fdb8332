// Copying to the clipboard, said aloud; and what is shown only once.
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";

const SAID_MS = 2500;

interface Props {
  text: string;
  label?: string;
  /** Only the icon is seen. */
  square?: boolean;
}

export function CopyButton({ text, label, square = false }: Props) {
  const { t } = useTranslation();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = () => void navigator.clipboard?.writeText(text).then(() => setDone(true));
  return (
    <Button className={square ? "quiet square" : "quiet with-icon"} onPress={copy}>
      <Icon name={done ? "check" : "copy"} size={18} />
      <span aria-live="polite" className={square ? "unseen" : ""}>
        {done ? t("common.copied") : (label ?? t("common.copy"))}
      </span>
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
