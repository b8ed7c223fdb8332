import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { sectionsFor } from "../sections";
import { useMe } from "../session/session";
import { Icon } from "../ui/Icon";

/** A rail at the side on wide screens, a bar at the bottom on phones. */
export function Navigation() {
  const { t } = useTranslation();
  const { permissions } = useMe();
  return (
    <nav className="rail" aria-label={t("shell.sections")}>
      {sectionsFor(permissions).map(({ id, icon, label }) => (
        <NavLink key={id} to={`/${id}`} className="rail-link">
          <Icon name={icon} size={22} />
          <span>{t(label)}</span>
        </NavLink>
      ))}
    </nav>
  );
}
