// What a colleague did with the conversation, as a sentence between the messages.
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import type { Line } from "../../api/types";
import { useTimes } from "../../ui/useTimes";
import {
  callOf,
  flowOf,
  goesOn,
  type Happening,
  holderBefore,
  isOfACall,
  type OfACall,
  passedTo,
} from "./happenings";

/** It is started for a colleague only, so it is in no list. */
const ASK_CONSENT = "ask_consent";

interface Props {
  line: Happening;
  /** All lines: they tell who attended before. */
  lines: readonly Line[];
  time: ReactNode;
}

export function Happened({ line, lines, time }: Props) {
  const { t } = useTranslation();
  const flow = useFlowName(line);
  const { moment } = useTimes();
  return (
    <p className="event">
      {isOfACall(line) ? callSentence(line, moment, t) : sentence(line, lines, flow, t)} {time}
    </p>
  );
}

function sentence(
  line: Exclude<Happening, OfACall>,
  lines: readonly Line[],
  flow: string,
  t: TFunction,
): string {
  const name = line.author ?? t("chat.system");
  if (line.kind === "claimed") return t("happened.claimed", { name });
  if (line.kind === "joined") return t("happened.joined", { name, reason: line.text ?? "" });
  if (line.kind === "taken_over") {
    const other = holderBefore(lines, line) ?? t("happened.someone");
    return t("happened.taken_over", { name, other, reason: line.text ?? "" });
  }
  if (line.kind === "transferred") {
    const { to, note } = passedTo(line.text);
    const whom = to ?? t("happened.toQueue");
    if (note) return t("happened.transferredNote", { name, to: whom, note });
    return t("happened.transferred", { name, to: whom });
  }
  if (line.kind === "closed") return t(`happened.${goesOn(line.text).with}`, { name, flow });
  if (line.kind === "unblocked" && line.text === "danger") return t("happened.unblockedDanger");
  return t(`happened.${line.kind}`, { name, flow, folio: line.text ?? "", reason: line.text ?? "" });
}

function callSentence(line: OfACall, moment: (at: number) => string, t: TFunction): string {
  const name = line.author ?? t("chat.system");
  if (line.kind === "call_withdrawn") return t("happened.call_withdrawn", { name });
  if (line.kind === "called") {
    return t(line.text === "reached" ? "happened.call_reached" : "happened.call_no_answer", { name });
  }
  const { at, note } = callOf(line.text);
  const time = at === null ? "" : moment(at);
  return note
    ? t("happened.call_plannedNote", { name, time, note })
    : t("happened.call_planned", { name, time });
}

/** The name of the flow that the assistant began with; its id until it is known. */
function useFlowName(line: Happening): string {
  const { t, i18n } = useTranslation();
  const id = flowOf(line);
  const { data } = useQuery({
    queryKey: KEYS.flows(i18n.language),
    queryFn: () => desk.flows(i18n.language),
    enabled: id !== null && id !== ASK_CONSENT,
  });
  if (id === ASK_CONSENT) return t("deeds.lendConsent");
  return data?.flows.find((flow) => flow.id === id)?.name ?? id ?? "";
}
