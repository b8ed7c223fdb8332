// Who is not answered for now, and why; supervisors lift it here.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { deeds } from "../api/deeds";
import { KEYS } from "../api/keys";
import type { Blocked } from "../api/types";
import { queries } from "../session/queries";
import { Blank } from "../ui/Blank";
import { Page } from "../ui/Page";
import { CouldNotLoad } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { useTimes } from "../ui/useTimes";
import { Confirm } from "../ui/Window";

export function BlocksPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("blocks.title")} lead={t("blocks.lead")}>
      <div className="card">
        <List />
      </div>
    </Page>
  );
}

function List() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ queryKey: KEYS.blocks, queryFn: deeds.blocks });
  if (!data)
    return error ? <CouldNotLoad error={error} retry={() => void refetch()} /> : <Skeleton rows={3} />;
  if (data.blocks.length === 0) return <Blank icon="check" title={t("blocks.empty")} />;
  return (
    <ul className="plain-list">
      {data.blocks.map((blocked) => (
        <Row key={blocked.id} blocked={blocked} />
      ))}
    </ul>
  );
}

function Row({ blocked }: { blocked: Blocked }) {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const [asking, setAsking] = useState(false);
  const name = blocked.person_name ?? t("blocks.noName");
  const lift = useMutation({
    mutationFn: () => deeds.unblock(blocked.id),
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS.blocks }),
    onSuccess: () => setAsking(false),
  });
  return (
    <li>
      <div className="listed">
        <strong>{name}</strong>
        <p>{blocked.reason}</p>
        <p className="hint">
          {t("blocks.by", { name: blocked.by, time: moment(blocked.at) })} ·{" "}
          {blocked.until === null ? t("blocks.forGood") : t("blocks.until", { time: moment(blocked.until) })}
        </p>
        <Link to={`/desk/${blocked.chat}`}>{t("blocks.open")}</Link>
      </div>
      <Button className="quiet" aria-label={`${t("blocks.lift")}: ${name}`} onPress={() => setAsking(true)}>
        {t("blocks.lift")}
      </Button>
      <Confirm
        title={t("blocks.liftTitle", { name })}
        lead={t("blocks.liftLead")}
        action={t("blocks.lift")}
        isOpen={asking}
        busy={lift.isPending}
        error={lift.error}
        onClose={() => setAsking(false)}
        onConfirm={() => lift.mutate()}
      />
    </li>
  );
}
