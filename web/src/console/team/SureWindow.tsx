// What takes something from somebody is asked twice.
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { staff } from "../api/accounts";
import { KEYS } from "../api/keys";
import type { StaffRow } from "../api/types";
import { queries } from "../session/queries";
import { Confirm } from "../ui/Window";

export type Sure = "deactivate" | "reactivate" | "end_sessions" | "reset_factor";

const WORDS = {
  deactivate: { title: "team.deactivateTitle", lead: "team.deactivateLead", action: "team.deactivate" },
  reactivate: { title: "team.reactivateTitle", lead: "team.reactivateLead", action: "team.reactivate" },
  end_sessions: { title: "team.endSessionsTitle", lead: "team.endSessionsLead", action: "team.endSessions" },
  reset_factor: { title: "team.resetFactorTitle", lead: "team.resetFactorLead", action: "team.resetFactor" },
} as const;

const ACTS: Record<Sure, (id: string) => Promise<unknown>> = {
  deactivate: (id) => staff.change(id, { active: false }),
  reactivate: (id) => staff.change(id, { active: true }),
  end_sessions: staff.endSessions,
  reset_factor: staff.resetSecondFactor,
};

interface Props {
  person: StaffRow;
  what: Sure | null;
  onClose: () => void;
}

export function SureWindow({ person: { id, name }, what, onClose }: Props) {
  const { t } = useTranslation();
  const act = useMutation({
    mutationFn: (sure: Sure) => ACTS[sure](id),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: KEYS.staff });
      onClose();
    },
  });
  if (!what) return null;
  const words = WORDS[what];
  const close = () => {
    act.reset();
    onClose();
  };
  return (
    <Confirm
      title={t(words.title, { name })}
      lead={t(words.lead)}
      action={t(words.action)}
      isOpen
      busy={act.isPending}
      error={act.error}
      onClose={close}
      onConfirm={() => act.mutate(what)}
    />
  );
}
