// Available or away: whether the desk passes chats to this person.
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { desk } from "../api/desk";
import { KEYS } from "../api/keys";
import type { Status } from "../api/types";
import { queries } from "../session/queries";
import { useMe } from "../session/session";
import { Icon } from "../ui/Icon";

const STATUSES: readonly Status[] = ["available", "away"];

/** Me does not say it; the list of colleagues has oneself in it. */
function useStatus(): [Status | null, (status: Status) => void] {
  const { id } = useMe();
  const { data } = useQuery({ queryKey: KEYS.colleagues, queryFn: desk.colleagues });
  const change = useMutation({
    mutationFn: desk.setStatus,
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS.colleagues }),
  });
  const told = data?.colleagues.find((colleague) => colleague.id === id)?.status ?? null;
  return [change.isPending || (told === null && change.isSuccess) ? change.variables : told, change.mutate];
}

export function StatusMenu() {
  const { t } = useTranslation();
  const [status, setStatus] = useStatus();
  return (
    <MenuTrigger>
      <Button
        className="quiet with-icon status-button"
        aria-label={label(t("shell.status"), status && t(`shell.${status}`))}
      >
        <span className={`dot ${status ?? "unknown"}`} aria-hidden="true" />
        <span className="wide-only">{status ? t(`shell.${status}`) : t("shell.status")}</span>
        <Icon name="down" size={16} />
      </Button>
      <Popover className="popover">
        <Menu
          className="options"
          selectionMode="single"
          selectedKeys={status ? [status] : []}
          onAction={(key) => setStatus(key as Status)}
        >
          {STATUSES.map((one) => (
            <MenuItem key={one} id={one} className="option with-icon" textValue={t(`shell.${one}`)}>
              <span className={`dot ${one}`} aria-hidden="true" />
              {t(`shell.${one}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function label(what: string, value: string | null): string {
  return value ? `${what}: ${value}` : what;
}
