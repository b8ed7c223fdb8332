// What a message holds, by its kind.
import { useTranslation } from "react-i18next";
import { Formatted } from "../../../simulator/format/Formatted";
import { mediaUrl } from "../../api/desk";
import type { Line } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { VoiceNote } from "./VoiceNote";

export function Content({ line, person }: { line: Line; person: string }) {
  const { t } = useTranslation();
  return (
    <>
      {line.place && <Place place={line.place} />}
      {line.media && <Media line={line} person={person} />}
      {line.kind === "call" && <CallSign />}
      {line.kind === "other" && !line.text && <p className="words hint">{t("chat.other")}</p>}
      {line.text && <Words line={line} text={line.text} />}
      {line.options.length > 0 && <Options options={line.options} />}
    </>
  );
}

/** As the channels draw it: *bold* and lists. Notes are shown as they were typed. */
function Words({ line, text }: { line: Line; text: string }) {
  return line.who === "note" ? <p className="words">{text}</p> : <Formatted text={text} />;
}

function Place({ place: { lat, lon } }: { place: { lat: number; lon: number } }) {
  const { t } = useTranslation();
  const numbers = `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
  return (
    <p className="place">
      <Icon name="pin" />
      <span>
        {t("chat.location")}: <span className="numbers">{numbers}</span>
        <br />
        <a
          href={`https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=18/${lat}/${lon}`}
          target="_blank"
          rel="noreferrer"
        >
          {t("chat.openMap")}
        </a>
      </span>
    </p>
  );
}

function Media({ line, person }: { line: Line; person: string }) {
  const { t } = useTranslation();
  if (!line.media) return null;
  const url = mediaUrl(line.media.id);
  if (line.kind === "audio") return <VoiceNote url={url} transcript={line.transcript} />;
  if (line.kind === "image") {
    return (
      <a className="photo" href={url} target="_blank" rel="noreferrer" aria-label={t("chat.openImage")}>
        <img src={url} alt={line.media.described ?? t("chat.image", { name: person })} loading="lazy" />
      </a>
    );
  }
  return (
    <a className="file" href={url} target="_blank" rel="noreferrer">
      <Icon name="file" />
      {line.media.name ? t("files.sent", { name: line.media.name }) : t("chat.openFile")}
    </a>
  );
}

function CallSign() {
  const { t } = useTranslation();
  return (
    <p className="place">
      <Icon name="voice" />
      {t("chat.call")}
    </p>
  );
}

function Options({ options }: { options: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <ul className="chips" aria-label={t("chat.options")}>
      {options.map((option) => (
        <li key={option}>{option}</li>
      ))}
    </ul>
  );
}
