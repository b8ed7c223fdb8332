// Where the agent writes. An answer goes to the citizen, a note stays in the team: they never look alike, an answer is
// what one begins with, and their drafts are apart.
import { type Ref, useImperativeHandle, useRef, useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Chat } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { AskButtons } from "./AskButtons";
import { Canned } from "./Canned";
import type { Mode } from "./drafts";
import { NoteBox } from "./NoteBox";
import { ReplyBox } from "./ReplyBox";
import { useDraft } from "./useDraft";
import { WindowClock } from "./WindowClock";

export interface ComposerHandle {
  write: (mode: Mode) => void;
  canned: () => void;
  /** Puts back the text of a message that was taken back. */
  giveBack: (text: string) => void;
}

interface Props {
  chat: Chat;
  ref: Ref<ComposerHandle>;
  onTyping: () => void;
}

export function Composer({ chat, ref, onTyping }: Props) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<Mode>("reply");
  const [canned, setCanned] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const reply = useDraft(chat.id, "reply");
  const focus = () => requestAnimationFrame(() => area.current?.focus());
  const write = (next: Mode) => {
    setMode(next);
    focus();
  };
  useImperativeHandle(ref, () => ({
    write,
    canned: () => {
      setMode("reply");
      setCanned(true);
    },
    giveBack: (text) => {
      // What was begun meanwhile is not thrown away.
      reply.set(reply.text === "" ? text : `${text}\n${reply.text}`);
      write("reply");
    },
  }));
  return (
    <div className={`composer as-${mode}`}>
      <div className="composer-head">
        <ToggleButtonGroup
          className="modes"
          aria-label={t("composer.mode")}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[mode]}
          onSelectionChange={(keys) => write([...keys][0] as Mode)}
        >
          <ToggleButton id="reply">{t("composer.reply")}</ToggleButton>
          <ToggleButton id="note" className="react-aria-ToggleButton note">
            <Icon name="lock" size={15} />
            {t("composer.note")}
          </ToggleButton>
        </ToggleButtonGroup>
        {mode === "reply" && <AskButtons chat={chat} />}
        {mode === "reply" && (
          <Canned chat={chat} area={area} isOpen={canned} onOpenChange={setCanned} draft={reply} />
        )}
      </div>
      {mode === "reply" ? (
        <>
          <WindowClock chat={chat} />
          <ReplyBox
            chat={chat}
            draft={reply}
            area={area}
            onTyping={onTyping}
            onSlash={() => setCanned(true)}
          />
        </>
      ) : (
        <NoteBox chat={chat.id} area={area} onTyping={onTyping} onSaved={() => write("reply")} />
      )}
    </div>
  );
}
