import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { staff } from "../api/accounts";
import { KEYS } from "../api/keys";
import type { Invitation } from "../api/types";
import { queries } from "../session/queries";
import { Card } from "../ui/Page";
import { CouldNotLoad } from "../ui/Problems";
import { useTimes } from "../ui/useTimes";
import { Confirm } from "../ui/Window";

export function Invitations() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.invitations,
    queryFn: staff.invitations,
    refetchInterval: 30_000,
  });
  if (error && !data) return <CouldNotLoad error={error} retry={() => void refetch()} />;
  if (!data || data.invitations.length === 0) return null;
  return (
    <Card title={t("team.invitations")}>
      <ul className="plain-list">
        {data.invitations.map((invitation) => (
          <Row key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </Card>
  );
}

function Row({ invitation: { id, name, email, invited_by, expires_at } }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const [sure, setSure] = useState(false);
  const withdraw = useMutation({
    mutationFn: () => staff.withdraw(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEYS.invitations }),
  });
  return (
    <li>
      <div className="person">
        <div>
          <strong>{name}</strong>
          <span className="person-email">{email}</span>
        </div>
        <small>{t("team.invited", { name: invited_by, time: moment(expires_at) })}</small>
      </div>
      <Button className="quiet" onPress={() => setSure(true)}>
        {t("team.withdraw")}
      </Button>
      <Confirm
        title={t("team.withdrawTitle", { name })}
        lead={t("team.withdrawLead")}
        action={t("team.withdraw")}
        isOpen={sure}
        busy={withdraw.isPending}
        error={withdraw.error}
        onClose={() => setSure(false)}
        onConfirm={() => withdraw.mutate()}
      />
    </li>
  );
}
