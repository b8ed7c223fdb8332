// The frame of the pages of reports: title, the ways to look at them, and what just happened.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { SayProvider } from "../desk/say";
import { Icon, type IconName } from "../ui/Icon";
import { Page } from "../ui/Page";
import "./reports.css";

const VIEWS: readonly { to: string; icon: IconName; label: "list" | "map" | "incidents" }[] = [
  { to: "/reports", icon: "report", label: "list" },
  { to: "/reports/map", icon: "map", label: "map" },
  { to: "/reports/incidents", icon: "merge", label: "incidents" },
];

interface Props {
  title: string;
  lead?: string;
  action?: ReactNode;
  /** What the address asks for, which the other views keep. */
  search?: string;
  children: ReactNode;
}

export function Frame({ title, lead, action, search = "", children }: Props) {
  const { t } = useTranslation();
  return (
    <SayProvider>
      <Page title={title} {...(lead ? { lead } : {})} action={action}>
        <nav className="views" aria-label={t("board.views")}>
          {VIEWS.map(({ to, icon, label }) => (
            <NavLink key={to} end to={{ pathname: to, search }} className="view-link with-icon">
              <Icon name={icon} size={18} />
              {t(`board.${label}`)}
            </NavLink>
          ))}
        </nav>
        {children}
      </Page>
    </SayProvider>
  );
}
