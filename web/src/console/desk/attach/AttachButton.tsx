import { Button, FileTrigger } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Chat } from "../../api/types";
import { Icon } from "../../ui/Icon";
import { acceptedTypes } from "./attachment";
import type { AttachmentBox } from "./useAttachment";

/** Not shown where the channel takes no files. */
export function AttachButton({ chat, box }: { chat: Chat; box: AttachmentBox }) {
  const { t } = useTranslation();
  if (chat.can.attach.length === 0) return null;
  return (
    <FileTrigger
      acceptedFileTypes={acceptedTypes(chat.can.attach)}
      onSelect={(files) => {
        const file = files?.[0];
        if (file) box.choose(file);
      }}
    >
      <Button
        className="quiet with-icon small"
        aria-label={t("files.addLabel")}
        isDisabled={box.now.state === "ready" || box.now.state === "uploading"}
      >
        <Icon name="clip" size={17} />
        <span className="roomy-only">{t("files.add")}</span>
      </Button>
    </FileTrigger>
  );
}
