// The file that goes with the next message: coming, here, or refused with the reason.
import { Button, ProgressBar } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Field } from "../../ui/Field";
import { Icon } from "../../ui/Icon";
import { sentenceOf } from "../../ui/Problems";
import type { Attachment } from "./attachment";
import type { AttachmentBox } from "./useAttachment";
import "./attach.css";

export function AttachTray({ box }: { box: AttachmentBox }) {
  return (
    <div className="attach-tray" aria-live="polite">
      {box.now.state !== "none" && <Shown attachment={box.now} box={box} />}
    </div>
  );
}

function Shown({
  attachment,
  box,
}: {
  attachment: Exclude<Attachment, { state: "none" }>;
  box: AttachmentBox;
}) {
  const { t } = useTranslation();
  const name = attachment.state === "ready" ? attachment.file.name : attachment.name;
  return (
    <div className={`attached ${attachment.state}`}>
      <div className="attached-row">
        <Icon name={signOf(attachment)} size={18} />
        <span className="attached-name">{name}</span>
        {attachment.state === "failed" && (
          <Button className="quiet small" onPress={() => box.choose(attachment.file)}>
            {t("files.retry")}
          </Button>
        )}
        <Button className="plain" aria-label={t("files.remove", { name })} onPress={box.clear}>
          <Icon name="cross" size={18} />
        </Button>
      </div>
      {attachment.state === "uploading" && (
        <ProgressBar
          className="progress"
          aria-label={t("files.uploading", { name })}
          value={attachment.share * 100}
        >
          {({ percentage }) => <span className="progress-done" style={{ width: `${percentage ?? 0}%` }} />}
        </ProgressBar>
      )}
      {attachment.state === "failed" && (
        <p className="attached-problem">
          <Icon name="warning" size={16} />
          <span>
            {t("files.failed", { name })}: {sentenceOf(attachment.error, t)}
          </span>
        </p>
      )}
      {attachment.state === "ready" && attachment.file.kind === "image" && (
        <Field
          label={t("files.described")}
          hint={t("files.describedHint")}
          value={attachment.described}
          onChange={box.describe}
          maxLength={300}
        />
      )}
    </div>
  );
}

function signOf(attachment: Attachment) {
  if (attachment.state === "failed") return "warning";
  return attachment.state === "ready" && attachment.file.kind === "image" ? "photo" : "file";
}
