// A supervisor's word, over the box of who attends: it stays until they say that they read it.
import { useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { remember, remembered } from "../../../ui/memory";
import type { Chat } from "../../api/types";
import { useMe } from "../../session/session";
import { Icon } from "../../ui/Icon";

const PREFIX = "ventanilla.console.whisper.";
const isText = (value: unknown): value is string => typeof value === "string";

export function WhisperStrip({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const { id: me, name: own } = useMe();
  const key = `${PREFIX}${chat.id}`;
  const [read, setRead] = useState(() => remembered(key, isText));
  const last = chat.lines.findLast(({ kind, author }) => kind === "whisper" && author !== own);
  const shown = chat.holder?.id === me && last && last.id !== read ? last : null;
  return (
    <div role="alert">
      {shown && (
        <div className="whisper-strip">
          <Icon name="bell" />
          <p>
            <strong>{t("whisper.from", { name: shown.author })}</strong> {shown.text}
          </p>
          <Button
            className="quiet small"
            onPress={() => {
              remember(key, shown.id);
              setRead(shown.id);
            }}
          >
            {t("whisper.read")}
          </Button>
        </div>
      )}
    </div>
  );
}
