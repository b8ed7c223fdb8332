// What the assistant understood and learnt in a talk.
import { useTranslation } from "react-i18next";
import type { Talk } from "../../api/types";
import { Consents, ContextFrame, Folios, Part, Slots } from "../packet/ContextPane";
import { Intents } from "../packet/Intents";

interface Props {
  talk: Talk;
  /** Where panes stand one at a time. */
  shown: boolean;
  onHide: () => void;
}

export function TalkContext({ talk: { flow, packet }, shown, onHide }: Props) {
  const { t } = useTranslation();
  return (
    <ContextFrame shown={shown} onHide={onHide}>
      <Part title={t("bot.lastSaid")} empty={packet.said === null}>
        <blockquote>“{packet.said}”</blockquote>
      </Part>
      <Part title={t("packet.intents")} empty={packet.intents.length === 0}>
        <Intents intents={packet.intents} />
      </Part>
      <Part title={t("bot.standing")} empty={packet.flow === null}>
        <p>
          {flow ?? packet.flow?.name} · <span className="numbers">{packet.flow?.step}</span>
        </p>
      </Part>
      <Slots packet={packet} />
      <Folios packet={packet} />
      <Consents packet={packet} />
    </ContextFrame>
  );
}
