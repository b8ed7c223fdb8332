// How the text will arrive: characters, SMS parts, what the channel warns of. Asked a moment after the last key.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import { type Chat, isChannel, type Preview } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { priceOf } from "../actions/filling";

const PAUSE_MS = 400;

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

interface Props {
  chat: Chat;
  text: string;
  /** Variables that still have to be filled. */
  missing: readonly string[];
}

export function PreviewLine({ chat, text, missing }: Props) {
  const { t, i18n } = useTranslation();
  const asked = useSettled(text.trim());
  const { data } = useQuery({
    queryKey: KEYS.preview(chat.id, asked),
    queryFn: () => desk.preview(chat.id, asked),
    enabled: asked !== "",
    placeholderData: keepPreviousData,
    gcTime: 30_000,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const shown = asked !== "" && text.trim() !== "" ? data : undefined;
  const warnings = warningsOf(shown, missing, t);
  return (
    <div className="preview" aria-live="polite">
      <span>
        {shown ? measure(shown, i18n.language, t) : text === "" ? t("composer.keys") : t("composer.draft")}
      </span>
      {warnings.map((warning) => (
        <span key={warning} className="preview-warning">
          <Icon name="warning" size={15} />
          {warning}
        </span>
      ))}
    </div>
  );
}

function measure(preview: Preview, language: string, t: TFunction): string {
  const channel = isChannel(preview.channel) ? preview.channel : "unknown";
  const parts = [t(`channel.${channel}`), t("composer.characters", { count: preview.characters })];
  if (channel === "sms") parts.push(t("composer.parts", { count: preview.parts }));
  if (preview.cost) parts.push(t("composer.cost", { price: priceOf(preview.cost, language) }));
  return parts.join(" · ");
}

function warningsOf(preview: Preview | undefined, missing: readonly string[], t: TFunction): string[] {
  const warnings = [...(preview?.warnings ?? [])];
  if (missing.length > 0) {
    const names = missing.map((name) => `{{${name}}}`).join(", ");
    warnings.push(t("composer.unfilled", { names }));
  }
  return warnings;
}
