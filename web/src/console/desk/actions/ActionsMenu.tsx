// What can be done for the citizen with one click, beside answering. What their channel or the chat does not allow is not
// there.
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Chat } from "../../api/types";
import { Icon, type IconName } from "../../ui/Icon";

export type Deed = "report" | "append" | "template" | "lend" | "block";

const DEEDS = [
  { deed: "report", icon: "report", can: (chat: Chat) => chat.can.report },
  { deed: "append", icon: "report", can: (chat: Chat) => chat.can.report },
  { deed: "template", icon: "saved", can: (chat: Chat) => chat.can.templates },
  { deed: "lend", icon: "bot", can: (chat: Chat) => chat.can.lend },
  { deed: "block", icon: "blocked", can: (chat: Chat) => chat.can.block },
] as const satisfies readonly { deed: Deed; icon: IconName; can: (chat: Chat) => boolean }[];

export function ActionsMenu({ chat, onDeed }: { chat: Chat; onDeed: (deed: Deed) => void }) {
  const { t } = useTranslation();
  const shown = DEEDS.filter(({ can }) => can(chat));
  if (shown.length === 0) return null;
  return (
    <MenuTrigger>
      <Button className="quiet with-icon small" aria-label={t("deeds.menu")}>
        <Icon name="bolt" size={17} />
        <span className="roomy-only">{t("deeds.menu")}</span>
      </Button>
      <Popover className="popover" placement="top end">
        <Menu className="options" aria-label={t("deeds.menu")}>
          {shown.map(({ deed, icon }) => (
            <MenuItem
              key={deed}
              id={deed}
              className="option with-icon"
              textValue={t(`deeds.${deed}`)}
              onAction={() => onDeed(deed)}
            >
              <Icon name={icon} size={17} />
              {t(`deeds.${deed}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
