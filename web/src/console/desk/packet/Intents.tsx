import { Label, Meter } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Packet } from "../../api/types";

/** Below this a guess says nothing, and its name may alarm. */
const LEAST = 0.01;

/** What the assistant thought it heard, and how sure it was. */
export function Intents({ intents }: { intents: Packet["intents"] }) {
  const { t } = useTranslation();
  return (
    <ul className="intents">
      {intents
        .filter(({ confidence }) => confidence >= LEAST)
        .map(({ name, label, confidence }) => {
          const percent = Math.round(confidence * 100);
          return (
            <li key={name}>
              <Meter value={percent} valueLabel={t("packet.confidence", { percent })}>
                <div className="intent-words">
                  <Label>{label}</Label>
                  <span className="numbers">{percent} %</span>
                </div>
                <svg className="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                  <rect width="100" height="6" className="meter-ground" />
                  <rect width={percent} height="6" className="meter-fill" />
                </svg>
              </Meter>
            </li>
          );
        })}
    </ul>
  );
}
