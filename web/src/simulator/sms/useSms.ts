// Connects the SMS app of one simulated phone.
import { useCallback, useEffect, useReducer, useState } from "react";
import { type Connection, listen } from "../shared/stream";
import { type Outbox, useOutbox } from "../shared/useOutbox";
import { type Sms, type SmsStatus, sendSms, smsEventsUrl } from "./api";
import { thread } from "./thread";

export interface SmsApp extends Outbox<string> {
  texts: readonly Sms[];
  connection: Connection;
}

/** `phone`: as the network writes it; `null`: the demo has no SMS. */
export function useSms(phone: string | null): SmsApp {
  const [texts, dispatch] = useReducer(thread, []);
  const [connection, setConnection] = useState<Connection>("connecting");
  useEffect(() => {
    if (!phone) return;
    return listen(smsEventsUrl(phone), {
      events: {
        text: (data) => dispatch({ type: "text", text: data as Sms }),
        status: (data) => dispatch({ type: "status", ...(data as { id: string; status: SmsStatus }) }),
      },
      connection: setConnection,
    });
  }, [phone]);
  const deliver = useCallback(
    async (text: string) => {
      if (phone) await sendSms(phone, text);
    },
    [phone],
  );
  return { texts, connection, ...useOutbox(deliver) };
}
