import { useMutation } from "@tanstack/react-query";
import { codeOf } from "../../api/problem";
import { refresh } from "../chats";
import { useSay } from "../say";

/** Does something to a chat, says what became of it, and fetches what is true now. */
export function useDeed<T>(
  chat: string,
  act: () => Promise<T>,
  said: (done: T) => string,
  onDone: () => void,
) {
  const say = useSay();
  return useMutation({
    mutationFn: act,
    onSuccess: (done) => {
      refresh(chat);
      say(said(done));
      onDone();
    },
    onError: (error) => {
      if (["stale", "taken", "closed", "gone"].includes(codeOf(error))) refresh(chat);
    },
  });
}
