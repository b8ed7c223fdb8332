import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { codeOf } from "../../api/problem";
import type { ReportState } from "../../api/types";
import { useSay } from "../../desk/say";
import { refreshBoard } from "../refresh";

/** Does something about a report, says what became of it, and fetches what is true now. */
export function useAct(act: () => Promise<{ state: ReportState }>, onDone: () => void) {
  const { t } = useTranslation();
  const say = useSay();
  return useMutation({
    mutationFn: act,
    onSuccess: ({ state }) => {
      refreshBoard();
      say(t("board.act.doneSay", { state: t(`board.state.${state}`) }));
      onDone();
    },
    // What was written stays; a second try takes the version that is true now.
    onError: (error) => codeOf(error) === "stale" && refreshBoard(),
  });
}
