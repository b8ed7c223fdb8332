// For who supervises the desk: who attends now, what they can, and whose answers are read first.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { desk } from "../api/desk";
import { KEYS } from "../api/keys";
import type { Colleague } from "../api/types";
import { queries } from "../session/queries";
import { Avatar } from "../ui/Avatar";
import { Blank } from "../ui/Blank";
import { OnOff } from "../ui/Choice";
import { languageName } from "../ui/languageName";
import { Card, Page } from "../ui/Page";
import { CouldNotLoad, Problems } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { useDepartments } from "../ui/useDepartments";

export function ColleaguesPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.colleagues,
    queryFn: desk.colleagues,
    refetchInterval: 30_000,
  });
  return (
    <Page title={t("colleagues.title")} lead={t("colleagues.lead")}>
      <Card title={t("colleagues.attend")}>
        {!data &&
          (error ? <CouldNotLoad error={error} retry={() => void refetch()} /> : <Skeleton rows={4} />)}
        {data?.colleagues.length === 0 && <Blank icon="team" title={t("colleagues.empty")} />}
        <ul className="plain-list">
          {data?.colleagues.map((colleague) => (
            <Row key={colleague.id} colleague={colleague} />
          ))}
        </ul>
      </Card>
    </Page>
  );
}

function Row({ colleague }: { colleague: Colleague }) {
  const { t, i18n } = useTranslation();
  const { nameOf } = useDepartments();
  const supervise = useMutation({
    mutationFn: (supervised: boolean) => desk.supervise(colleague.id, supervised),
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS.colleagues }),
  });
  // While it is saved the switch stands where it was put.
  const supervised = supervise.isPending ? supervise.variables : colleague.supervised;
  const { name, departments, languages, skills, status, chats } = colleague;
  return (
    <li>
      <Avatar name={name} />
      <div className="person">
        <strong>{name}</strong>
        <p className="person-signs">
          <small>{t("actions.colleagueState", { status: t(`shell.${status}`), count: chats })}</small>
        </p>
        <ul className="chips">
          {departments.map((department) => (
            <li key={department}>{nameOf(department)}</li>
          ))}
          {languages.map((code) => (
            <li key={code} className="soft">
              {languageName(code, i18n.language)}
            </li>
          ))}
          {skills.map((skill) => (
            <li key={skill} className="soft">
              {skill}
            </li>
          ))}
        </ul>
        {colleague.supervises ? (
          <small>{t("colleagues.supervises")}</small>
        ) : (
          <OnOff isSelected={supervised} onChange={(on) => supervise.mutate(on)}>
            {t("colleagues.supervised")}
            <span className="unseen">: {name}</span>
          </OnOff>
        )}
        <Problems error={supervise.error} />
      </div>
    </li>
  );
}
