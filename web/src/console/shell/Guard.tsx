import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";
import type { Permission } from "../api/types";
import { useMe } from "../session/session";
import { Blank } from "../ui/Blank";

/** Somebody who followed a link without the permission is told so; the server would refuse anyway. */
export function Guard({ permission }: { permission: Permission | null }) {
  const { t } = useTranslation();
  const { permissions } = useMe();
  if (permission && !permissions.includes(permission)) {
    return <Blank isPage icon="lock" title={t("problems.forbidden")} />;
  }
  return <Outlet />;
}
