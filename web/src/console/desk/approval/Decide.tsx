import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { TextArea, TextField } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import type { Chat } from "../../api/types";
import { Button } from "../../ui/Button";
import { keepChat, refresh, useExplain } from "../chats";
import { ReasonWindow } from "../ReasonWindow";
import { useSay } from "../say";
import type { Proposed } from "./ProposalCard";

interface Props {
  chat: Chat;
  line: Proposed;
}

/** Letting an answer go as it is, changed, or back to who wrote it. */
export function Decide({ chat, line }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const explain = useExplain(chat.id);
  const [text, setText] = useState<string | null>(null);
  const [returning, setReturning] = useState(false);
  const approve = useMutation({
    mutationFn: () => desk.approve(chat.id, line.id, { version: chat.version, text }),
    onSuccess: (after) => {
      keepChat(after);
      say(t("approval.sent"));
    },
    onError: (error) => explain(error, "other"),
  });
  const empty = text !== null && text.trim() === "";
  return (
    <div className="proposal-deciding">
      {text !== null && (
        <TextField
          aria-label={t("approval.changedText")}
          value={text}
          onChange={setText}
          isReadOnly={approve.isPending}
          autoFocus
        >
          <TextArea className="field" rows={3} />
        </TextField>
      )}
      <div className="proposal-actions">
        <Button
          className="primary small"
          isPending={approve.isPending}
          isDisabled={empty}
          onPress={() => approve.mutate()}
        >
          {t(text === null ? "approval.approve" : "approval.approveChanged")}
        </Button>
        <Button className="quiet small" onPress={() => setText(text === null ? (line.text ?? "") : null)}>
          {t(text === null ? "approval.change" : "approval.keepAsIs")}
        </Button>
        <Button className="quiet small" onPress={() => setReturning(true)}>
          {t("approval.return")}
        </Button>
      </div>
      <ReasonWindow
        title={t("approval.returnTitle", { name: line.author ?? "" })}
        lead={t("approval.returnLead")}
        hint={t("approval.returnHint")}
        action={t("approval.return")}
        isOpen={returning}
        onClose={() => setReturning(false)}
        act={(reason) => desk.giveBack(chat.id, line.id, { version: chat.version, reason })}
        onDone={keepChat}
        onRefused={() => refresh(chat.id)}
      />
    </div>
  );
}
