// A voice note: to hear at the speed that somebody likes, and to read.
import { useRef, useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { remember, remembered } from "../../../ui/memory";

const SPEEDS = [1, 1.5, 2] as const;
const KEY = "ventanilla.console.speed";

function isSpeed(value: unknown): value is number {
  return SPEEDS.some((speed) => speed === value);
}

export function VoiceNote({ url, transcript }: { url: string; transcript: string | null }) {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>(null);
  const [speed, setSpeed] = useState(() => remembered(KEY, isSpeed) ?? 1);
  const choose = (next: number) => {
    setSpeed(next);
    remember(KEY, next);
    if (audio.current) audio.current.playbackRate = next;
  };
  return (
    <div className="voice-note">
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript stands below it */}
      <audio
        ref={audio}
        src={url}
        controls
        preload="metadata"
        aria-label={t("chat.audio")}
        onPlay={(event) => {
          event.currentTarget.playbackRate = speed;
        }}
      />
      <ToggleButtonGroup
        className="speeds"
        aria-label={t("chat.speed")}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[String(speed)]}
        onSelectionChange={(keys) => choose(Number([...keys][0]))}
      >
        {SPEEDS.map((one) => (
          <ToggleButton key={one} id={String(one)}>
            {one}×
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <p className="transcript">
        <span>{t("chat.transcript")}:</span> {transcript ?? t("chat.noTranscript")}
      </p>
    </div>
  );
}
