import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { OnOff } from "../ui/Choice";
import { Window } from "../ui/Window";
import { useShortcutsOn } from "./useShortcuts";

const SHORTCUTS = [
  ["j", "help.next"],
  ["k", "help.previous"],
  ["r", "help.reply"],
  ["n", "help.note"],
  ["w", "help.whisper"],
  ["/", "help.canned"],
  ["t", "help.transfer"],
  ["e", "help.close"],
  ["f", "help.report"],
  ["Ctrl + Enter", "help.send"],
  ["?", "help.help"],
] as const;

export function ShortcutHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [on, setOn] = useShortcutsOn();
  return (
    <Window title={t("help.title")} isOpen={isOpen} onClose={onClose}>
      <p>{t("help.lead")}</p>
      <dl className="shortcuts">
        {SHORTCUTS.map(([key, label]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(label)}</dd>
          </div>
        ))}
      </dl>
      <OnOff isSelected={on} onChange={setOn}>
        {t("help.on")}
      </OnOff>
      <div className="window-actions">
        <Button className="primary" onPress={onClose} autoFocus>
          {t("common.close")}
        </Button>
      </div>
    </Window>
  );
}
