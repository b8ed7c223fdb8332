import { useTranslation } from "react-i18next";
import type { Delivery } from "../../api/types";
import { Icon, type IconName } from "../../ui/Icon";

const SIGNS: Readonly<Record<Delivery, IconName>> = {
  queued: "clock",
  sending: "send",
  unsure: "warning",
  accepted: "send",
  sent: "check",
  delivered: "checks",
  read: "checks",
  failed: "warning",
  kept: "saved",
};

/** A newer server may know more states than this page: those are not shown. */
function isDelivery(state: string): state is Delivery {
  return Object.hasOwn(SIGNS, state);
}

export function DeliverySign({ delivery }: { delivery: string }) {
  const { t } = useTranslation();
  if (!isDelivery(delivery)) return null;
  return (
    <span className={`delivery ${delivery}`}>
      <Icon name={SIGNS[delivery]} size={15} />
      {t(`delivery.${delivery}`)}
    </span>
  );
}
