import { useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Line } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { TeachWindow } from "../actions/TeachWindow";

/** Words of a citizen and answers of the bot can be learnt from. */
export function TeachButton({ chat, line }: { chat: string; line: Line }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const words = line.text ?? line.transcript;
  if (!words || (line.who !== "citizen" && line.who !== "bot")) return null;
  return (
    <>
      <Button
        className="plain teach"
        aria-label={t(line.who === "bot" ? "deeds.teachWrong" : "deeds.teach")}
        onPress={() => setOpen(true)}
      >
        <Icon name="teach" size={15} />
      </Button>
      <TeachWindow chat={chat} line={line} isOpen={open} onClose={() => setOpen(false)} />
    </>
  );
}
