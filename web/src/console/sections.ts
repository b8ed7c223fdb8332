// What the navigation shows: only what the person may open. Pages are in routes.tsx.
import type { Permission } from "./api/types";
import type { IconName } from "./ui/Icon";

export const SECTIONS = [
  { id: "desk", permission: "chats.attend", icon: "desk", label: "shell.desk" },
  { id: "reports", permission: "reports.work", icon: "report", label: "shell.reports" },
  { id: "replies", permission: "replies.edit", icon: "saved", label: "shell.replies" },
  { id: "colleagues", permission: "chats.supervise", icon: "eye", label: "shell.colleagues" },
  { id: "figures", permission: "stats.read", icon: "figures", label: "shell.figures" },
  { id: "blocks", permission: "chats.supervise", icon: "blocked", label: "shell.blocks" },
  { id: "training", permission: "training.review", icon: "teach", label: "shell.training" },
  { id: "feedback", permission: "feedback.work", icon: "note", label: "shell.feedback" },
  { id: "privacy", permission: "privacy.work", icon: "lock", label: "shell.privacy" },
  { id: "team", permission: "staff.manage", icon: "team", label: "shell.team" },
  { id: "audit", permission: "audit.read", icon: "audit", label: "shell.audit" },
  { id: "keys", permission: "keys.manage", icon: "keys", label: "shell.keys" },
  { id: "account", permission: null, icon: "account", label: "shell.account" },
] as const satisfies readonly { id: string; permission: Permission | null; icon: IconName; label: string }[];

export type Section = (typeof SECTIONS)[number];
export type SectionId = Section["id"];

export function sectionsFor(permissions: readonly Permission[]): Section[] {
  return SECTIONS.filter(({ permission }) => permission === null || permissions.includes(permission));
}
