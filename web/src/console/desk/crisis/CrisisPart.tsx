// Beside somebody in danger: who was called and whether they answered, and the help lines to say aloud or to paste.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import type { Chat, Crisis } from "../../api/types";
import { queries } from "../../session/queries";
import { Button } from "../../ui/Button";
import { CopyButton } from "../../ui/Copy";
import { Icon } from "../../ui/Icon";
import { sentenceOf } from "../../ui/Problems";
import { useTimes } from "../../ui/useTimes";
import { useSay } from "../say";
import "./crisis.css";

export function CrisisPart({ chat }: { chat: Chat }) {
  const { t, i18n } = useTranslation();
  const { date } = useTimes();
  const key = KEYS.crisis(chat.id, i18n.language);
  const crisis = useQuery({ queryKey: key, queryFn: () => desk.crisis(chat.id, i18n.language) });
  if (!crisis.data) return null;
  return (
    <section className="part crisis-part">
      <h3>{t("crisis.title")}</h3>
      {crisis.data.page && <Called chat={chat} page={crisis.data.page} />}
      <ul className="crisis-lines">
        {crisis.data.lines.map((line) => (
          <li key={line.phone}>
            <span>
              <strong>
                {line.phone}
                {line.note && `, ${line.note}`}
              </strong>{" "}
              {line.name}
              <small className="hint">
                {line.what} {t("crisis.verified", { date: date(Date.parse(`${line.verified}T12:00`)) })}
              </small>
            </span>
            <CopyButton square text={line.phone} label={t("crisis.copy", { phone: line.phone })} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Called({ chat, page }: { chat: Chat; page: NonNullable<Crisis["page"]> }) {
  const { t, i18n } = useTranslation();
  const { clock, soon } = useTimes();
  const say = useSay();
  const answer = useMutation({
    mutationFn: () => desk.answerCrisis(chat.id, i18n.language),
    onSuccess: (crisis) => queries.setQueryData(KEYS.crisis(chat.id, i18n.language), crisis),
    onError: (error) => say(sentenceOf(error, t), "bad"),
  });
  return (
    <div className="crisis-page" data-state={page.state}>
      <p className="with-icon">
        <Icon name={page.state === "answered" ? "check" : "alarm"} size={18} />
        {page.state === "answered" && page.answered_at !== null
          ? t("crisis.answered", { name: page.answered_by ?? "", time: soon(page.answered_at) })
          : t(page.state === "given_up" ? "crisis.givenUp" : "crisis.waiting", {
              time: soon(page.opened_at),
            })}
      </p>
      {page.next_at !== null && <p className="hint">{t("crisis.next", { time: clock(page.next_at) })}</p>}
      {page.told_at !== null && <p className="hint">{t("crisis.told", { time: clock(page.told_at) })}</p>}
      <ul className="crisis-calls">
        {page.calls.map((call, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: calls are only added, at the end
          <li key={n}>
            {call.name} · {t(`crisis.means.${call.means as "sms"}`)} ·{" "}
            {t(`crisis.call.${call.state as "sent"}`)}
          </li>
        ))}
      </ul>
      {page.state !== "answered" && (
        <Button className="primary" isPending={answer.isPending} onPress={() => answer.mutate()}>
          {t("crisis.answer")}
        </Button>
      )}
    </div>
  );
}
