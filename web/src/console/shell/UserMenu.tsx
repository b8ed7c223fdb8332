import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Language } from "../api/types";
import { signOut, useMe } from "../session/session";
import { spoken } from "../text/i18n";
import { THEMES, type Theme, useTheme } from "../theme/theme";
import { Avatar } from "../ui/Avatar";
import { useLanguageChange } from "./LanguageButton";

const THEME_LABELS = {
  system: "shell.themeSystem",
  light: "shell.themeLight",
  dark: "shell.themeDark",
  contrast: "shell.themeContrast",
} as const;

export function UserMenu() {
  const { t } = useTranslation();
  const { name } = useMe();
  const navigate = useNavigate();
  const [theme, setTheme] = useTheme();
  const changeLanguage = useLanguageChange();
  const other: Language = spoken() === "es" ? "en" : "es";
  return (
    <MenuTrigger>
      <Button className="avatar-button" aria-label={t("shell.menu", { name })}>
        <Avatar name={name} />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="options">
          <MenuItem id="account" className="option" onAction={() => void navigate("/account")}>
            {t("shell.account")}
          </MenuItem>
          <MenuItem id="language" className="option" onAction={() => changeLanguage(other)}>
            <span lang={other}>{t("common.otherLanguage")}</span>
          </MenuItem>
          <Separator className="line" />
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[theme]}
            onSelectionChange={(keys) => setTheme([...keys][0] as Theme)}
          >
            <Header className="options-head">{t("shell.theme")}</Header>
            {THEMES.map((one) => (
              <MenuItem key={one} id={one} className="option">
                {t(THEME_LABELS[one])}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator className="line" />
          <MenuItem id="out" className="option" onAction={() => void signOut()}>
            {t("shell.signOut")}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
