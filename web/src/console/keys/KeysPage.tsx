// Keys with which other systems call this server.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { keys } from "../api/accounts";
import { KEYS } from "../api/keys";
import type { Key } from "../api/types";
import { queries } from "../session/queries";
import { Blank } from "../ui/Blank";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { CouldNotLoad } from "../ui/Problems";
import { permissionWord } from "../ui/roles";
import { Skeleton } from "../ui/Skeleton";
import { useTimes } from "../ui/useTimes";
import { Confirm } from "../ui/Window";
import { MakeWindow } from "./MakeWindow";

export function KeysPage() {
  const { t } = useTranslation();
  const [making, setMaking] = useState(false);
  const { data, error, refetch } = useQuery({ queryKey: KEYS.keys, queryFn: keys.list });
  return (
    <Page
      title={t("keys.title")}
      lead={t("keys.lead")}
      action={
        <Button className="primary with-icon" onPress={() => setMaking(true)}>
          <Icon name="plus" />
          {t("keys.make")}
        </Button>
      }
    >
      <div className="card">
        {!data &&
          (error ? <CouldNotLoad error={error} retry={() => void refetch()} /> : <Skeleton rows={3} />)}
        {data?.keys.length === 0 && <Blank icon="keys" title={t("keys.empty")} />}
        <ul className="plain-list">
          {data?.keys.map((key) => (
            <Row key={key.id} of={key} />
          ))}
        </ul>
      </div>
      <MakeWindow isOpen={making} onClose={() => setMaking(false)} />
    </Page>
  );
}

function Row({ of: key }: { of: Key }) {
  const { t } = useTranslation();
  const { moment, date } = useTimes();
  const [sure, setSure] = useState(false);
  const revoke = useMutation({
    mutationFn: () => keys.revoke(key.id),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: KEYS.keys });
      setSure(false);
    },
  });
  const used = key.last_used_at === null ? t("common.never") : moment(key.last_used_at);
  return (
    <li className={key.revoked_at === null ? undefined : "off"}>
      <div className="person">
        <div>
          <strong>{key.name}</strong>{" "}
          <span className={key.revoked_at === null ? "badge good" : "badge bad"}>
            {key.revoked_at === null ? t("keys.active") : t("keys.revoked")}
          </span>
        </div>
        <ul className="chips">
          {key.scopes.map((scope) => (
            <li key={scope}>{permissionWord(scope, t)}</li>
          ))}
        </ul>
        <small>
          {t("keys.made", { time: date(key.created_at) })} · {t("keys.used", { time: used })}
        </small>
      </div>
      {key.revoked_at === null && (
        <Button className="quiet" onPress={() => setSure(true)}>
          {t("keys.revoke")}
        </Button>
      )}
      <Confirm
        title={t("keys.revokeTitle", { name: key.name })}
        lead={t("keys.revokeLead")}
        action={t("keys.revoke")}
        isOpen={sure}
        busy={revoke.isPending}
        error={revoke.error}
        onClose={() => setSure(false)}
        onConfirm={() => revoke.mutate()}
      />
    </li>
  );
}
