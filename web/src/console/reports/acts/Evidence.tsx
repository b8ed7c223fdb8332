// Photos of the work, from the phone's camera. Each is brought at once and waits at the server for the move that shows it:
// a reload or a lost connection loses none.
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { board, bringPhoto, photoUrl } from "../../api/board";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Problems } from "../../ui/Problems";

interface Props {
  report: string;
  photos: readonly string[];
  onChange: (photos: readonly string[]) => void;
}

export function Evidence({ report, photos, onChange }: Props) {
  const { t } = useTranslation();
  const chooser = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const bring = (file: File) => {
    setError(null);
    setShare(0);
    bringPhoto(report, file, setShare)
      .then(({ id }) => onChange([...photos, id]), setError)
      .finally(() => setShare(null));
  };
  const remove = (photo: string) => {
    // One that is gone already is what was wanted.
    void board.withdrawPhoto(report, photo).catch(() => null);
    onChange(photos.filter((one) => one !== photo));
  };
  return (
    <fieldset className="evidence">
      <legend className="label">{t("board.act.evidence")}</legend>
      <p className="hint">{t("board.act.evidenceHint")}</p>
      <Brought report={report} photos={photos} onRemove={remove} />
      <input
        ref={chooser}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        capture="environment"
        className="unseen"
        tabIndex={-1}
        aria-label={t("board.act.takePhoto")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) bring(file);
          event.target.value = "";
        }}
      />
      <Button className="quiet with-icon" isPending={share !== null} onPress={() => chooser.current?.click()}>
        <Icon name="photo" size={18} />
        {t("board.act.takePhoto")}
      </Button>
      <p role="status">{share !== null && t("board.act.bringing", { percent: Math.round(share * 100) })}</p>
      <Problems error={error} />
    </fieldset>
  );
}

function Brought({
  report,
  photos,
  onRemove,
}: {
  report: string;
  photos: readonly string[];
  onRemove: (id: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <ul className="brought">
      {photos.map((photo, index) => (
        <li key={photo}>
          <img
            className="thumb"
            src={photoUrl(report, photo, true)}
            alt={t("board.act.photoNumber", { number: index + 1 })}
          />
          <Button
            className="quiet square"
            aria-label={t("board.act.removePhoto", { number: index + 1 })}
            onPress={() => onRemove(photo)}
          >
            <Icon name="cross" size={18} />
          </Button>
        </li>
      ))}
    </ul>
  );
}
