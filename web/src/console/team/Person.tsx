import { useState } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { StaffRow } from "../api/types";
import { useMe } from "../session/session";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { languageName } from "../ui/languageName";
import { useDepartments } from "../ui/useDepartments";
import { useTimes } from "../ui/useTimes";
import { EditWindow } from "./EditWindow";
import { PasswordLinkWindow } from "./PasswordLinkWindow";
import { type Sure, SureWindow } from "./SureWindow";

type Open = "edit" | "link" | Sure | null;

/** One account: what it is, and what may be done with it. */
export function Person({ person }: { person: StaffRow }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <li className={person.active ? undefined : "off"}>
      <Avatar name={person.name} />
      <Facts person={person} />
      <MenuTrigger>
        <Button className="quiet square" aria-label={t("team.menu", { name: person.name })}>
          <Icon name="more" />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Actions person={person} onOpen={setOpen} />
        </Popover>
      </MenuTrigger>
      <EditWindow person={person} isOpen={open === "edit"} onClose={close} />
      <PasswordLinkWindow person={person} isOpen={open === "link"} onClose={close} />
      <SureWindow person={person} what={open === "edit" || open === "link" ? null : open} onClose={close} />
    </li>
  );
}

function Facts({ person }: { person: StaffRow }) {
  const { t, i18n } = useTranslation();
  const { moment } = useTimes();
  const { nameOf } = useDepartments();
  return (
    <div className="person">
      <div>
        <strong>{person.name}</strong>
        <span className="person-email">{person.email}</span>
      </div>
      <ul className="chips">
        {person.roles.map((role) => (
          <li key={role}>{t(`role.${role}`)}</li>
        ))}
        {person.departments.map((department) => (
          <li key={department} className="soft">
            {nameOf(department)}
          </li>
        ))}
        {[...person.languages.map((code) => languageName(code, i18n.language)), ...person.skills].map(
          (ability) => (
            <li key={ability} className="soft">
              {ability}
            </li>
          ),
        )}
      </ul>
      <p className="person-signs">
        {person.supervised && <span className="badge">{t("team.supervisedSign")}</span>}
        {!person.active && <span className="badge bad">{t("team.inactive")}</span>}
        <span className={person.second_factor ? "badge good" : "badge late"}>
          <Icon name={person.second_factor ? "check" : "warning"} size={14} />
          {person.second_factor ? t("team.factorOn") : t("team.factorOff")}
        </span>
        <small>
          {t("team.seen")}: {person.last_seen_at === null ? t("common.never") : moment(person.last_seen_at)}
        </small>
      </p>
    </div>
  );
}

function Actions({ person, onOpen }: { person: StaffRow; onOpen: (open: Open) => void }) {
  const { t } = useTranslation();
  const { id } = useMe();
  const own = person.id === id;
  const items: { id: Exclude<Open, null>; label: string; shown: boolean }[] = [
    { id: "edit", label: t("team.edit"), shown: true },
    { id: "link", label: t("team.passwordLink"), shown: person.active && !own },
    { id: "end_sessions", label: t("team.endSessions"), shown: person.active && !own },
    { id: "reset_factor", label: t("team.resetFactor"), shown: person.second_factor && !own },
    // Nobody locks themselves out.
    { id: "deactivate", label: t("team.deactivate"), shown: person.active && !own },
    { id: "reactivate", label: t("team.reactivate"), shown: !person.active },
  ];
  return (
    <Menu className="options" onAction={(key) => onOpen(key as Open)}>
      {items
        .filter(({ shown }) => shown)
        .map((item) => (
          <MenuItem key={item.id} id={item.id} className="option">
            {item.label}
          </MenuItem>
        ))}
    </Menu>
  );
}
