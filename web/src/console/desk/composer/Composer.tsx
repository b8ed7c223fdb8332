// Where the agent writes. An answer goes to the citizen, a note stays in the team: they never look alike, an answer is
// what one begins with, and their drafts are apart.
import { type Ref, useImperativeHandle, useRef, useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Chat, Line } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { ActionsMenu, type Deed } from "../actions/ActionsMenu";
import { AttachButton } from "../attach/AttachButton";
import { fileOf } from "../attach/attachment";
import { useAttachment } from "../attach/useAttachment";
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
  /** Puts back the text and the file of a message that was taken back. */
  giveBack: (line: Line) => void;
}

interface Props {
  chat: Chat;
  ref: Ref<ComposerHandle>;
  onTyping: () => void;
  onDeed: (deed: Deed) => void;
}

export function Composer({ chat, ref, onTyping, onDeed }: Props) {
  const { t } = useTranslation();
  const [wanted, setMode] = useState<Mode>("reply");
  // Whom one whispered to may have gone.
  const mode = wanted === "whisper" && !chat.can.whisper ? "note" : wanted;
  const [canned, setCanned] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const reply = useDraft(chat.id, "reply");
  const box = useAttachment(chat);
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
    giveBack: ({ text, media, kind }) => {
      if (media) box.giveBack(fileOf(media, kind));
      // What was begun meanwhile is not thrown away.
      if (text) reply.set(reply.text === "" ? text : `${text}\n${reply.text}`);
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
          {chat.can.whisper && (
            <ToggleButton id="whisper" className="react-aria-ToggleButton note">
              <Icon name="bell" size={15} />
              {t("whisper.mode")}
            </ToggleButton>
          )}
        </ToggleButtonGroup>
        {mode === "reply" && <AskButtons chat={chat} />}
        {mode === "reply" && <AttachButton chat={chat} box={box} />}
        {mode === "reply" && (
          <Canned chat={chat} area={area} isOpen={canned} onOpenChange={setCanned} draft={reply} />
        )}
        {mode === "reply" && <ActionsMenu chat={chat} onDeed={onDeed} />}
      </div>
      {mode === "reply" ? (
        <>
          <WindowClock chat={chat} />
          <ReplyBox
            chat={chat}
            draft={reply}
            box={box}
            area={area}
            onTyping={onTyping}
            onSlash={() => setCanned(true)}
          />
        </>
      ) : (
        <NoteBox
          key={mode}
          chat={chat}
          kind={mode}
          area={area}
          onTyping={onTyping}
          onSaved={() => write("reply")}
        />
      )}
    </div>
  );
}
