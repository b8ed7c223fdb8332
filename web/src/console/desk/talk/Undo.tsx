// Taking a message back in its first seconds, before it leaves the town hall.
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import { codeOf } from "../../api/problem";
import type { Line } from "../../api/types";
import { queries } from "../../session/queries";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { sentenceOf } from "../../ui/Problems";
import { useNow } from "../../ui/useNow";
import { useSay } from "../say";

const TICK_MS = 250;

interface Props {
  chat: string;
  line: Line;
  until: number;
  onUndone: (line: Line) => void;
}

/** Only while there is time: a clock that ticks for each old message would be a waste. */
export function Undo(props: Props) {
  return props.until > Date.now() ? <Countdown {...props} /> : null;
}

function Countdown({ chat, line, until, onUndone }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const left = Math.ceil((until - useNow(TICK_MS)) / 1000);
  const undo = useMutation({
    mutationFn: () => desk.undo(chat, line.id),
    onSuccess: () => {
      onUndone(line);
      say(t("chat.undone"));
    },
    onError: (error) => say(codeOf(error) === "gone" ? t("chat.undoLate") : sentenceOf(error, t), "bad"),
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS.chat(chat) }),
  });
  if (left <= 0) return null;
  return (
    <Button className="undo" onPress={() => undo.mutate()} isPending={undo.isPending}>
      <Icon name="undo" size={16} />
      {t("chat.undo", { seconds: left })}
    </Button>
  );
}
