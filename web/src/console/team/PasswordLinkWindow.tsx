import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { staff } from "../api/accounts";
import type { StaffRow } from "../api/types";
import { ShownOnce } from "../ui/Copy";
import { Problems } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { useTimes } from "../ui/useTimes";
import { Window } from "../ui/Window";

interface Props {
  person: StaffRow;
  isOpen: boolean;
  onClose: () => void;
}

/** A link with which somebody who forgot the password chooses another. */
export function PasswordLinkWindow({ person, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Window title={t("team.linkTitle", { name: person.name })} isOpen={isOpen} onClose={onClose}>
      <Link id={person.id} />
      <div className="window-actions">
        <Button className="primary" onPress={onClose}>
          {t("common.close")}
        </Button>
      </div>
    </Window>
  );
}

function Link({ id }: { id: string }) {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const { mutate, data, error } = useMutation({ mutationFn: staff.passwordLink });
  useEffect(() => mutate(id), [mutate, id]);
  if (error) return <Problems error={error} />;
  if (!data) return <Skeleton rows={1} />;
  return (
    <div className="stack">
      <p>{t("team.linkLead")}</p>
      <ShownOnce label={t("team.link")} text={data.link} />
      <p className="hint">{t("team.linkUntil", { time: moment(data.expires_at) })}</p>
    </div>
  );
}
