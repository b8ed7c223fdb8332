import { useMemo } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Chat, Line } from "../../api/types";
import { useMe } from "../../session/session";
import { Blank } from "../../ui/Blank";
import { Icon, type IconName } from "../../ui/Icon";
import { useTimes } from "../../ui/useTimes";
import { Bubble } from "./Bubble";
import { byDay, type Group } from "./group";
import { useReading } from "./useReading";

/** What lines are told of: a chat of the desk, or a talk of the assistant. */
export type Told = Pick<Chat, "id" | "lines" | "person_name">;

interface Props {
  chat: Told;
  /** A message was taken back. */
  onUndone: (line: Line) => void;
}

export function Lines({ chat, onUndone }: Props) {
  const { t } = useTranslation();
  const { day } = useTimes();
  const { name } = useMe();
  const days = useMemo(() => byDay(chat.lines), [chat.lines]);
  const own = chat.lines.at(-1)?.author === name;
  const { box, unseen, onScroll, toEnd } = useReading(chat.lines.length, own);
  return (
    <div className="lines-frame">
      <div
        className="lines"
        role="log"
        aria-label={t("chat.lines")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        ref={box}
        onScroll={onScroll}
      >
        <div className="lines-inside">
          {days.length === 0 && <Blank icon="desk" title={t("chat.noLines")} />}
          {days.map(({ at, groups }) => (
            <section key={at} className="day">
              <h3 className="day-name">{day(at)}</h3>
              {groups.map((group) => (
                <GroupView key={group.lines[0]?.id} group={group} chat={chat} onUndone={onUndone} />
              ))}
            </section>
          ))}
        </div>
      </div>
      {unseen > 0 && (
        <Button className="to-end" onPress={toEnd}>
          <Icon name="down" size={16} />
          {t("chat.newMessages", { count: unseen })}
        </Button>
      )}
    </div>
  );
}

const FACES: Readonly<Record<Line["who"], IconName>> = {
  citizen: "person",
  bot: "bot",
  agent: "account",
  system: "info",
  note: "lock",
};

function GroupView({ group, chat, onUndone }: Props & { group: Group }) {
  const author = useAuthor(group, chat);
  return (
    <div className={`group by-${group.who}`}>
      <p className="author">
        <Icon name={FACES[group.who]} size={14} />
        {author}
      </p>
      {group.lines.map((line) => (
        <Bubble key={line.id} line={line} chat={chat} onUndone={onUndone} />
      ))}
    </div>
  );
}

function useAuthor({ who, author, lines }: Group, chat: Told): string {
  const { t } = useTranslation();
  const kind = lines[0]?.kind;
  if (kind === "whisper") return `${t("whisper.from", { name: author })} · ${t("chat.noteOnly")}`;
  if (kind === "proposal") return `${t("approval.label")} · ${author ?? ""} · ${t("chat.noteOnly")}`;
  if (who === "citizen") return author ?? chat.person_name ?? t("chat.citizen");
  if (who === "note") return `${t("chat.noteLabel")} · ${author ?? ""} · ${t("chat.noteOnly")}`;
  return author ?? (who === "bot" ? t("chat.bot") : t("chat.system"));
}
