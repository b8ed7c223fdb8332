// Changing what is known of a chat, and saying what came between when the server refused a change.
import { useTranslation } from "react-i18next";
import { KEYS } from "../api/keys";
import { Problem } from "../api/problem";
import type { Chat, Line } from "../api/types";
import { queries } from "../session/queries";
import { sentenceOf } from "../ui/Problems";
import { useSay } from "./say";

/** The whole chat, as an answer brought it. */
export function keepChat(chat: Chat): void {
  queries.setQueryData(KEYS.chat(chat.id), chat);
  void queries.invalidateQueries({ queryKey: KEYS.chats });
}

/** A line that was just written, before the stream tells of it; an event may have been faster. */
export function keepLine(id: string, line: Line, version?: number): void {
  queries.setQueryData<Chat>(KEYS.chat(id), (chat) => {
    if (!chat) return chat;
    const others = chat.lines.filter((known) => known.id !== line.id);
    return { ...chat, version: Math.max(chat.version, version ?? 0), lines: [...others, line] };
  });
  refresh(id);
}

export function refresh(id: string): void {
  void queries.invalidateQueries({ queryKey: KEYS.chat(id) });
  void queries.invalidateQueries({ queryKey: KEYS.chats });
}

/** Says why it was refused and fetches what is true now. While writing it also says that the text is not lost. */
export function useExplain(id: string): (error: unknown, during: "write" | "claim" | "other") => void {
  const { t } = useTranslation();
  const say = useSay();
  return (error, during) => {
    const code = error instanceof Problem ? error.code : "other";
    const name = error instanceof Problem ? error.holder : null;
    if (code === "stale" || code === "taken" || code === "gone" || code === "closed") refresh(id);
    if (code === "taken" && during === "claim" && name) return say(t("claim.taken", { name }), "bad");
    if (during !== "write") return say(sentenceOf(error, t), "bad");
    if (code === "stale") return say(t("composer.stale"), "bad");
    if (code !== "taken") return say(t("composer.failed", { reason: sentenceOf(error, t) }), "bad");
    say(name ? t("composer.taken", { name }) : t("composer.takenNoName"), "bad");
  };
}
