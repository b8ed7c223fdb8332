import { useTranslation } from "react-i18next";
import { Blank } from "../../ui/Blank";

export function NoChat() {
  const { t } = useTranslation();
  return (
    <section className="pane chat-pane none">
      <Blank icon="desk" title={t("chat.choose")} hint={t("chat.chooseHint")} />
    </section>
  );
}
