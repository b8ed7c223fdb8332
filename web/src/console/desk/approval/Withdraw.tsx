import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { Button } from "../../ui/Button";
import { refresh, useExplain } from "../chats";
import type { Around } from "./ChatContext";
import type { Proposed } from "./ProposalCard";

interface Props {
  around: Around;
  line: Proposed;
}

/** Taking back what nobody approved yet: the text is in the box again. */
export function Withdraw({ around: { chat, rewrite }, line }: Props) {
  const { t } = useTranslation();
  const explain = useExplain(chat.id);
  const withdraw = useMutation({
    mutationFn: () => desk.withdraw(chat.id, line.id),
    onSuccess: () => {
      rewrite(line);
      refresh(chat.id);
    },
    onError: (error) => explain(error, "other"),
  });
  return (
    <>
      {!chat.can.proposes && <p className="proposal-news">{t("approval.notNeeded")}</p>}
      <Button className="quiet small" isPending={withdraw.isPending} onPress={() => withdraw.mutate()}>
        {t("approval.withdraw")}
      </Button>
    </>
  );
}
