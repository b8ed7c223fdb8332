// Roles and permissions in the order and words that people see.
import type { TFunction } from "i18next";
import type { Permission, Role } from "../api/types";

const ROLES: readonly Role[] = [
  "agent",
  "department",
  "supervisor",
  "editor",
  "publisher",
  "trainer",
  "auditor",
  "privacy",
  "admin",
];

type PermissionKey =
  | "chats_attend"
  | "chats_supervise"
  | "replies_edit"
  | "stats_read"
  | "staff_manage"
  | "audit_read"
  | "keys_manage"
  | "privacy_work"
  | "feedback_work"
  | "reports_file"
  | "reports_update";

export function roleOptions(t: TFunction): { value: Role; label: string }[] {
  return ROLES.map((value) => ({ value, label: t(`role.${value}`) }));
}

/** Keys of texts have dots of their own. */
export function permissionWord(permission: Permission, t: TFunction): string {
  return t(`permission.${permission.replace(".", "_") as PermissionKey}`);
}

/** What a key may be given: chats are attended by people, and keys make no accounts. */
const FOR_SYSTEMS: readonly Permission[] = ["stats.read", "audit.read", "reports.file", "reports.update"];

export function scopeOptions(t: TFunction): { value: Permission; label: string }[] {
  return FOR_SYSTEMS.map((value) => ({ value, label: permissionWord(value, t) }));
}
