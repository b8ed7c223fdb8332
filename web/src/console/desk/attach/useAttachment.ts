import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { bringFile } from "../../api/deeds";
import { Problem } from "../../api/problem";
import type { Chat, TakenIn } from "../../api/types";
import { useSay } from "../say";
import { type Attachment, isTooLarge, NONE } from "./attachment";

export interface AttachmentBox {
  now: Attachment;
  choose: (file: File) => void;
  describe: (described: string) => void;
  /** A message was taken back: its file may go again. */
  giveBack: (file: TakenIn) => void;
  clear: () => void;
}

/** The file that goes with the next message of this chat. It is brought as soon as it is chosen. */
export function useAttachment(chat: Chat): AttachmentBox {
  const { t } = useTranslation();
  const say = useSay();
  const [now, setNow] = useState<Attachment>(NONE);
  const under = useRef<AbortController | null>(null);
  useEffect(() => () => under.current?.abort(), []);
  const clear = () => {
    under.current?.abort();
    setNow(NONE);
  };
  const choose = (file: File) => {
    const { attach } = chat.can;
    if (attach.length === 0) return say(t("problems.no_files"), "bad");
    if (now.state === "ready" || now.state === "uploading") return say(t("files.one"), "bad");
    const failed = (error: unknown) => setNow({ state: "failed", name: file.name, error, file });
    if (isTooLarge(file.size, attach)) return failed(new Problem(422, "file_too_large"));
    const abort = new AbortController();
    under.current = abort;
    setNow({ state: "uploading", name: file.name, share: 0 });
    const share = (part: number) =>
      !abort.signal.aborted && setNow({ state: "uploading", name: file.name, share: part });
    bringFile(chat.id, file, share, abort.signal).then(
      (taken) => !abort.signal.aborted && setNow({ state: "ready", file: taken, described: "" }),
      (error: unknown) => !abort.signal.aborted && failed(error),
    );
  };
  return {
    now,
    choose,
    clear,
    describe: (described) =>
      setNow((before) => (before.state === "ready" ? { ...before, described } : before)),
    giveBack: (file) => setNow({ state: "ready", file, described: "" }),
  };
}
