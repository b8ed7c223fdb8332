import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { onWhisper } from "../../events/whispers";
import { useSay } from "../say";

/** Says that somebody whispered in another chat than the one that is open. */
export function WhisperToast({ open }: { open: string | null }) {
  const { t } = useTranslation();
  const say = useSay();
  useEffect(
    () =>
      onWhisper((chat) => {
        if (chat !== open) say(t("whisper.elsewhere"), "bad");
      }),
    [open, say, t],
  );
  return null;
}
