// How somebody is told that a citizen joined the queue.
import { useState } from "react";
import { Button, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { useSound } from "../events/alerts";
import { OnOff } from "../ui/Choice";
import { Icon } from "../ui/Icon";

export function AlertsMenu() {
  const { t } = useTranslation();
  return (
    <DialogTrigger>
      <Button className="quiet square" aria-label={t("queue.alerts")}>
        <Icon name="bell" />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="popover-card" aria-label={t("queue.alerts")}>
          <AlertSettings />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

export function AlertSettings() {
  const { t } = useTranslation();
  const [sound, setSound] = useSound();
  return (
    <div className="stack">
      <OnOff isSelected={sound} onChange={setSound}>
        {t("queue.sound")}
      </OnOff>
      <Notifications />
    </div>
  );
}

/** Permission is asked by this button only: a page that asks at once is refused for ever. */
function Notifications() {
  const { t } = useTranslation();
  const can = "Notification" in window;
  const [permission, setPermission] = useState(can ? Notification.permission : "denied");
  if (!can) return null;
  if (permission === "granted") return <p className="hint">{t("queue.notifyOn")}</p>;
  if (permission === "denied") return <p className="hint">{t("queue.notifyDenied")}</p>;
  return (
    <Button className="quiet" onPress={() => void Notification.requestPermission().then(setPermission)}>
      {t("queue.notifyAsk")}
    </Button>
  );
}
