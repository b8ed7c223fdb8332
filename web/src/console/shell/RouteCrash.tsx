import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Blank } from "../ui/Blank";

/** In place of a section that broke, or whose file could not be loaded. */
export function RouteCrash() {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Blank isPage icon="warning" title={t("problems.crash")} hint={t("problems.crashHint")}>
        <Button className="primary" onPress={() => location.reload()}>
          {t("problems.reload")}
        </Button>
      </Blank>
    </div>
  );
}
