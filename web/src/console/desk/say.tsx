// A sentence about what just happened, seen in a corner and read aloud: nothing on the page moves for it.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";

export type Tone = "good" | "bad";
export type Say = (words: string, tone?: Tone) => void;

const SayContext = createContext<Say>(() => {});
const SHOWN_MS = 6000;

export const useSay = () => useContext(SayContext);

interface Said {
  words: string;
  tone: Tone;
  at: number;
}

export function SayProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [said, setSaid] = useState<Said | null>(null);
  const say = useCallback<Say>((words, tone = "good") => setSaid({ words, tone, at: Date.now() }), []);
  useEffect(() => {
    // What went wrong stays until it was read.
    if (!said || said.tone === "bad") return;
    const timer = setTimeout(() => setSaid(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <SayContext value={say}>
      {children}
      <div className="said" role="status">
        {said && (
          <p key={said.at} className={`notice ${said.tone} floating`}>
            <Icon name={said.tone === "bad" ? "warning" : "check"} size={18} />
            <span>{said.words}</span>
            <Button className="plain" aria-label={t("common.dismiss")} onPress={() => setSaid(null)}>
              <Icon name="cross" size={18} />
            </Button>
          </p>
        )}
      </div>
    </SayContext>
  );
}
