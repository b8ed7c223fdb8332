// Who works here: accounts, their roles and departments, and invitations that nobody used yet.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { staff } from "../api/accounts";
import { KEYS } from "../api/keys";
import { Blank } from "../ui/Blank";
import { Field } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { Card, Page } from "../ui/Page";
import { CouldNotLoad } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { Invitations } from "./Invitations";
import { InviteWindow } from "./InviteWindow";
import { Person } from "./Person";
import "./team.css";

export function TeamPage() {
  const { t } = useTranslation();
  const [inviting, setInviting] = useState(false);
  return (
    <Page
      title={t("team.title")}
      action={
        <Button className="primary with-icon" onPress={() => setInviting(true)}>
          <Icon name="plus" />
          {t("team.invite")}
        </Button>
      }
    >
      <People />
      <Invitations />
      <InviteWindow isOpen={inviting} onClose={() => setInviting(false)} />
    </Page>
  );
}

function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

function People() {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.staff,
    queryFn: staff.list,
    // No event tells that somebody used their invitation.
    refetchInterval: 30_000,
  });
  const shown = data?.staff.filter(({ name, email }) =>
    plain(`${name} ${email}`).includes(plain(words.trim())),
  );
  return (
    <Card title={t("team.people")}>
      <Field label={t("team.filter")} value={words} onChange={setWords} type="search" />
      {!shown &&
        (error ? <CouldNotLoad error={error} retry={() => void refetch()} /> : <Skeleton rows={4} />)}
      {shown?.length === 0 && <Blank icon="team" title={words ? t("team.noMatch") : t("team.empty")} />}
      <ul className="plain-list">
        {shown?.map((person) => (
          <Person key={person.id} person={person} />
        ))}
      </ul>
    </Card>
  );
}
