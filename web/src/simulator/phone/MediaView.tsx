// A file within a bubble. What lies at somebody else's address is linked and never loaded: nothing leaves this page.
import { useLanguage } from "../../text/language";
import type { Bubble } from "../api";

const SIGNS: Partial<Record<Bubble["type"], string>> = {
  image: "📷",
  video: "🎬",
  audio: "🎤",
  document: "📄",
  sticker: "🌻",
};

export function MediaView({ bubble }: { bubble: Bubble }) {
  const { chat } = useLanguage().texts.simulator;
  const { type, media_url, file, template } = bubble;
  const mime = file?.mime_type ?? "";
  if (type in SIGNS === false && !media_url) return null;
  if (media_url && isOurs(media_url)) {
    if (type === "audio" || mime.startsWith("audio/")) return <Sound url={media_url} />;
    if (type === "video" || mime.startsWith("video/")) {
      // biome-ignore lint/a11y/useMediaCaption: a video that somebody sent has none
      return <video className="picture" src={media_url} controls preload="metadata" />;
    }
    if (type === "image" || type === "sticker" || (template && mime.startsWith("image/"))) {
      return <img className="picture" src={media_url} alt={chat.photoAlt} />;
    }
  }
  return <FileRow bubble={bubble} />;
}

function Sound({ url }: { url: string }) {
  const { chat } = useLanguage().texts.simulator;
  return (
    // biome-ignore lint/a11y/useMediaCaption: a voice note has none
    <audio className="sound" src={url} controls preload="metadata" aria-label={chat.media.audio} />
  );
}

function FileRow({ bubble: { type, media_url, file } }: { bubble: Bubble }) {
  const { media } = useLanguage().texts.simulator.chat;
  const name =
    file?.filename ?? (file?.voice ? media.voice : (media[type as keyof typeof media] ?? media.document));
  return (
    <p className="file-row">
      <span aria-hidden="true">{SIGNS[type] ?? "📄"}</span>
      {media_url ? (
        <a href={media_url} target="_blank" rel="noopener noreferrer">
          {name}
        </a>
      ) : (
        <span>{name}</span>
      )}
    </p>
  );
}

/** A path of the simulator itself, not an address elsewhere. */
function isOurs(url: string): boolean {
  return url.startsWith("/") && !url.startsWith("//");
}
