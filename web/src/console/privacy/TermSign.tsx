import { useTranslation } from "react-i18next";
import type { PrivacyRow } from "../api/types";
import { useTimes } from "../ui/useTimes";
import { type Term, termOf } from "./term";

/** How much time is left, or what became of it. */
export function TermSign({ request }: { request: PrivacyRow }) {
  const said = useTermWords();
  const term = termOf(request);
  return <span className={`badge ${term.tone}`}>{said(term)}</span>;
}

function useTermWords(): (term: Term) => string {
  const { t } = useTranslation();
  const { date } = useTimes();
  return (term) => {
    switch (term.word) {
      case "overdue":
        return t("privacy.clock.overdue", { count: term.days });
      case "left":
        return t("privacy.clock.left", { count: term.days });
      case "today":
        return t("privacy.clock.today");
      default:
        return t(`privacy.clock.${term.word}`, { date: date(term.at) });
    }
  };
}
