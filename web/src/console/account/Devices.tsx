import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { me as account } from "../api/accounts";
import { KEYS } from "../api/keys";
import type { Session } from "../api/types";
import { queries } from "../session/queries";
import { Card } from "../ui/Page";
import { CouldNotLoad, Problems } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { useTimes } from "../ui/useTimes";

/** Where the account is open, and the way to close it there. */
export function Devices() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ queryKey: KEYS.sessions, queryFn: account.sessions });
  const end = useMutation({
    mutationFn: account.endSession,
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS.sessions }),
  });
  return (
    <Card title={t("account.devices")}>
      {!data && (error ? <CouldNotLoad error={error} retry={() => void refetch()} /> : <Skeleton rows={2} />)}
      <Problems error={end.error} />
      <ul className="plain-list">
        {data?.sessions.map((session) => (
          <Device
            key={session.id}
            session={session}
            busy={end.isPending}
            onEnd={() => end.mutate(session.id)}
          />
        ))}
      </ul>
    </Card>
  );
}

function Device({ session, busy, onEnd }: { session: Session; busy: boolean; onEnd: () => void }) {
  const { t } = useTranslation();
  const { moment } = useTimes();
  return (
    <li>
      <div>
        <strong>{session.device || t("account.unknownDevice")}</strong>{" "}
        {session.current && <span className="badge good">{t("account.thisDevice")}</span>}
        <br />
        <small>
          <span className="numbers">{session.address}</span> ·{" "}
          {t("account.lastSeen", { time: moment(session.last_seen_at) })}
        </small>
      </div>
      {!session.current && (
        <Button
          className="quiet"
          aria-label={t("account.revoke", { device: session.device })}
          isDisabled={busy}
          onPress={onEnd}
        >
          {t("account.revokeShort")}
        </Button>
      )}
    </li>
  );
}
