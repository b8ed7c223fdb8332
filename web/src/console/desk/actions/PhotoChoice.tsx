import { Label, Radio, RadioGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { mediaUrl } from "../../api/desk";

interface Props {
  photos: readonly string[];
  value: string | null;
  onChange: (photo: string | null) => void;
}

const NONE = "";

/** One of the photos that the citizen sent, or none. */
export function PhotoChoice({ photos, value, onChange }: Props) {
  const { t } = useTranslation();
  if (photos.length === 0) return null;
  return (
    <RadioGroup
      className="form-field"
      orientation="horizontal"
      value={value ?? NONE}
      onChange={(photo) => onChange(photo === NONE ? null : photo)}
    >
      <Label>{t("deeds.photo")}</Label>
      <div className="photo-choice">
        {photos.map((photo, at) => (
          <Radio key={photo} value={photo}>
            <img src={mediaUrl(photo)} alt={t("deeds.photoNumber", { number: at + 1 })} loading="lazy" />
          </Radio>
        ))}
        <Radio value={NONE}>
          <span>{t("deeds.noPhoto")}</span>
        </Radio>
      </div>
    </RadioGroup>
  );
}
