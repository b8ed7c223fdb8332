// What a colleague did with the conversation, as a sentence between the messages.
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import type { Line } from "../../api/types";
import { goesOn, type Happening, holderBefore, passedTo } from "./happenings";

interface Props {
  line: Happening;
  /** All lines: they tell who attended before. */
  lines: readonly Line[];
  time: ReactNode;
}

export function Happened({ line, lines, time }: Props) {
  const { t } = useTranslation();
  const flow = useFlowName(line);
  return (
    <p className="event">
      {sentence(line, lines, flow, t)} {time}
    </p>
  );
}

function sentence(line: Happening, lines: readonly Line[], flow: string, t: TFunction): string {
  const name = line.author ?? t("chat.system");
  if (line.kind === "claimed") return t("happened.claimed", { name });
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
  return t(`happened.${goesOn(line.text).with}`, { name, flow });
}

/** The name of the flow that the assistant began with; its id until it is known. */
function useFlowName(line: Happening): string {
  const { i18n } = useTranslation();
  const next = line.kind === "closed" ? goesOn(line.text) : null;
  const id = next?.with === "flow" ? next.flow : null;
  const { data } = useQuery({
    queryKey: KEYS.flows(i18n.language),
    queryFn: () => desk.flows(i18n.language),
    enabled: id !== null,
  });
  return data?.flows.find((flow) => flow.id === id)?.name ?? id ?? "";
}
