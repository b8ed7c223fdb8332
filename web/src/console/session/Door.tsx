// The frame of everything before the console: the mark, the language, one card.
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Mark } from "../../ui/Mark";
import { LanguageButton } from "../shell/LanguageButton";

interface Props {
  title: string;
  lead?: string;
  children: ReactNode;
}

export function Door({ title, lead, children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · Ventanilla`;
  }, [title]);
  return (
    <div className="door">
      <header className="door-bar">
        <Mark name={`Ventanilla · ${t("common.console")}`} />
        <LanguageButton />
      </header>
      <main className="door-card">
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
        {children}
      </main>
    </div>
  );
}
