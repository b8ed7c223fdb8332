// Doing something about a call: the chat is fetched anew, and what came of it is said.
import { useMutation } from "@tanstack/react-query";
import { codeOf } from "../../api/problem";
import type { Chat, ChatRow } from "../../api/types";
import { refresh } from "../chats";
import { useSay } from "../say";

export function useCall<T>(chat: Chat, act: (what: T) => Promise<ChatRow>, said: string, done: () => void) {
  const say = useSay();
  return useMutation({
    mutationFn: act,
    onSuccess: () => {
      refresh(chat.id);
      say(said);
      done();
    },
    onError: (error) => ["stale", "taken", "closed", "no_call"].includes(codeOf(error)) && refresh(chat.id),
  });
}
