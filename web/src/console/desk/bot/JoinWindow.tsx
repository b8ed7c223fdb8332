import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import type { Talk } from "../../api/types";
import { queries } from "../../session/queries";
import { keepChat } from "../chats";
import { ReasonWindow } from "../ReasonWindow";

interface Props {
  talk: Talk;
  isOpen: boolean;
  onClose: () => void;
  onJoined: (chat: string) => void;
}

/** Coming into a talk of the assistant: it is silent from then on, and the citizen is told. */
export function JoinWindow({ talk, isOpen, onClose, onJoined }: Props) {
  const { t } = useTranslation();
  const refresh = () => queries.invalidateQueries({ queryKey: KEYS.talk(talk.id) });
  return (
    <ReasonWindow
      title={t("bot.joinTitle")}
      lead={t("bot.joinLead")}
      hint={t("bot.joinHint")}
      action={t("bot.join")}
      isOpen={isOpen}
      onClose={onClose}
      act={(reason) => desk.join(talk.id, reason)}
      onDone={(chat) => {
        keepChat(chat);
        void refresh();
        onJoined(chat.id);
      }}
      onRefused={() => void refresh()}
    />
  );
}
