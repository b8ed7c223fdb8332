// The call of a conversation: whom to call and until when, and what can be done about it.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Chat } from "../../api/types";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { useTimes } from "../../ui/useTimes";
import { MadeWindow } from "./MadeWindow";
import { PlanWindow } from "./PlanWindow";
import { WithdrawWindow } from "./WithdrawWindow";

type Open = "plan" | "made" | "withdraw" | null;

export function CallPart({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const { phone } = chat.packet;
  const planned = chat.call_at !== null;
  return (
    <section className="part calls">
      <h3>{t("calls.title")}</h3>
      {chat.call_at !== null && <p>{t("calls.planned", { time: moment(chat.call_at) })}</p>}
      {!planned && !phone && <p className="hint">{t("calls.noPhone")}</p>}
      {phone && (
        <a className="quiet link-button with-icon" href={`tel:${phone}`}>
          <Icon name="voice" size={18} />
          {t("chat.callBack", { phone })}
        </a>
      )}
      {chat.can.call && (
        <div className="calls-actions">
          {planned && (
            <Button className="primary" onPress={() => setOpen("made")}>
              {t("calls.made")}
            </Button>
          )}
          <Button className="quiet" onPress={() => setOpen("plan")}>
            {t(planned ? "calls.change" : "calls.plan")}
          </Button>
          {planned && (
            <Button className="quiet" onPress={() => setOpen("withdraw")}>
              {t("calls.withdraw")}
            </Button>
          )}
        </div>
      )}
      <PlanWindow chat={chat} isOpen={open === "plan"} onClose={close} />
      <MadeWindow chat={chat} isOpen={open === "made"} onClose={close} />
      <WithdrawWindow chat={chat} isOpen={open === "withdraw"} onClose={close} />
    </section>
  );
}
