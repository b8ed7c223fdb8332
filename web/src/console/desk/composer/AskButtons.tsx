import { useMutation } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import type { Askable, Chat } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { keepLine, useExplain } from "../chats";
import { useSay } from "../say";

const SIGNS = { location: "pin", photo: "photo", contact: "voice" } as const;
const LABELS = {
  location: "composer.askLocation",
  photo: "composer.askPhoto",
  contact: "composer.askContact",
} as const;

/** Asks the citizen for where or what, in the way that their channel has for it. */
export function AskButtons({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const say = useSay();
  const explain = useExplain(chat.id);
  const ask = useMutation({
    mutationFn: (what: Askable) => desk.ask(chat.id, { version: chat.version, what }),
    onSuccess: ({ message, undo_until, version }) => {
      const proposed = message.kind === "proposal";
      const until = proposed ? null : (message.undo_until ?? undo_until);
      keepLine(chat.id, { ...message, undo_until: until }, version);
      say(t(proposed ? "approval.asked" : "composer.asked"));
    },
    onError: (error) => explain(error, "other"),
  });
  return chat.can.ask.map((what) => (
    <Button
      key={what}
      className="quiet with-icon small"
      aria-label={t(LABELS[what])}
      isDisabled={ask.isPending}
      onPress={() => ask.mutate(what)}
    >
      <Icon name={SIGNS[what]} size={17} />
      <span className="roomy-only">{t(`composer.${what}`)}</span>
    </Button>
  ));
}
