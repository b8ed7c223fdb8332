// Sending a photo: choose a sample or a file, look at it, add a comment.
import { type ChangeEvent, useEffect, useState } from "react";
import { useLanguage } from "../../text/language";
import { Sheet } from "../phone/Sheet";
import { ownPhoto, SAMPLES, samplePhoto } from "./photos";

interface Props {
  onClose: () => void;
  onSend: (photo: Blob, caption: string) => void;
}

export function PhotoSheet({ onClose, onSend }: Props) {
  const { photo: words } = useLanguage().texts.simulator;
  const [photo, setPhoto] = useState<Blob | null>(null);
  return (
    <Sheet title={words.heading} onClose={onClose}>
      {photo ? (
        <Preview photo={photo} onBack={() => setPhoto(null)} onSend={(caption) => onSend(photo, caption)} />
      ) : (
        <Choose onChoose={setPhoto} />
      )}
    </Sheet>
  );
}

function Choose({ onChoose }: { onChoose: (photo: Blob) => void }) {
  const { photo: words } = useLanguage().texts.simulator;
  const [unreadable, setUnreadable] = useState(false);
  const take = (photo: Promise<Blob>) => {
    setUnreadable(false);
    photo.then(onChoose).catch(() => setUnreadable(true));
  };
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) take(ownPhoto(file));
  };
  return (
    <>
      <p className="soft">{words.samples}</p>
      <div className="samples">
        {SAMPLES.map((sample) => (
          <button key={sample.id} type="button" className="sample" onClick={() => take(samplePhoto(sample))}>
            <img src={sample.url} alt="" width="960" height="720" />
            <span>{words.sampleNames[sample.id]}</span>
          </button>
        ))}
      </div>
      <label className="file">
        {words.own}
        <input type="file" accept="image/*" className="unseen" onChange={pick} />
      </label>
      {unreadable && (
        <p className="problem" role="alert">
          {words.unreadable}
        </p>
      )}
    </>
  );
}

interface PreviewProps {
  photo: Blob;
  onBack: () => void;
  onSend: (caption: string) => void;
}

function Preview({ photo, onBack, onSend }: PreviewProps) {
  const { photo: words } = useLanguage().texts.simulator;
  const [caption, setCaption] = useState("");
  const url = useObjectUrl(photo);
  return (
    <form
      className="preview"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(caption.trim());
      }}
    >
      {url && <img src={url} alt={words.previewAlt} />}
      <label>
        <span>{words.caption}</span>
        <input
          className="field"
          value={caption}
          maxLength={1024}
          onChange={(event) => setCaption(event.target.value)}
        />
      </label>
      <div className="pair">
        <button type="button" className="quiet" onClick={onBack}>
          {words.back}
        </button>
        <button type="submit" className="primary">
          {words.send}
        </button>
      </div>
    </form>
  );
}

function useObjectUrl(blob: Blob): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
