// Addresses that are no section: the start, and what does not exist.
import { useTranslation } from "react-i18next";
import { Link, Navigate } from "react-router";
import { sectionsFor } from "../sections";
import { useMe } from "../session/session";
import { Blank } from "../ui/Blank";

export function FirstSection() {
  const { permissions } = useMe();
  const first = sectionsFor(permissions)[0]?.id ?? "account";
  return <Navigate to={`/${first}`} replace />;
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Blank isPage icon="info" title={t("problems.notFound")} hint={t("problems.notFoundHint")}>
      <Link to="/">{t("problems.home")}</Link>
    </Blank>
  );
}
