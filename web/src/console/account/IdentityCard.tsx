// The account of a state or a town that opens this one too.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { me as account } from "../api/accounts";
import { KEYS } from "../api/keys";
import { useRefusal } from "../session/provider";
import { queries } from "../session/queries";
import { Button } from "../ui/Button";
import { Card } from "../ui/Page";
import { Problems } from "../ui/Problems";
import { useTimes } from "../ui/useTimes";
import { Window } from "../ui/Window";
import { WithPassword } from "./WithPassword";

export function IdentityCard() {
  const { data } = useQuery({ queryKey: KEYS.identity, queryFn: account.identity });
  // Where a town offers no other account there is nothing to show.
  return data?.provider ? <Linked provider={data.provider} since={data.since} /> : null;
}

function Linked({ provider, since }: { provider: string; since: number | null }) {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const refusal = useRefusal();
  const [linking, setLinking] = useState(false);
  const unlink = useMutation({
    mutationFn: account.unlink,
    onSuccess: () => void queries.invalidateQueries({ queryKey: KEYS.identity }),
  });
  return (
    <Card title={t("account.identity", { provider })}>
      <div className="stack">
        <p>
          {since === null
            ? t("account.identityOff", { provider })
            : t("account.identityOn", { provider, time: moment(since) })}
        </p>
        <Problems error={unlink.error ?? refusal} />
        <div className="row">
          {since === null ? (
            <Button className="primary" onPress={() => setLinking(true)}>
              {t("account.link")}
            </Button>
          ) : (
            <Button className="quiet" onPress={() => unlink.mutate()} isPending={unlink.isPending}>
              {t("account.unlink")}
            </Button>
          )}
        </div>
      </div>
      <Window title={t("account.linkTitle", { provider })} isOpen={linking} onClose={() => setLinking(false)}>
        <Link provider={provider} onClose={() => setLinking(false)} />
      </Window>
    </Card>
  );
}

function Link({ provider, onClose }: { provider: string; onClose: () => void }) {
  const { t } = useTranslation();
  const link = useMutation({
    mutationFn: account.link,
    onSuccess: ({ url }) => location.assign(url),
  });
  return (
    <WithPassword
      lead={t("account.linkLead", { provider })}
      action={t("account.link")}
      busy={link.isPending}
      error={link.error}
      onClose={onClose}
      onPassword={(password) => link.mutate(password)}
    />
  );
}
