// The windows of what is done from a chat, one at a time.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Chat } from "../../api/types";
import { Button } from "../../ui/Button";
import { Problems } from "../../ui/Problems";
import { Window } from "../../ui/Window";
import type { Deed } from "./ActionsMenu";
import { AppendForm } from "./AppendForm";
import { BlockForm } from "./BlockForm";
import { LendForm } from "./LendForm";
import { ReportForm } from "./ReportForm";
import { TemplateForm } from "./TemplateForm";

const FORMS = {
  report: ReportForm,
  append: AppendForm,
  template: TemplateForm,
  lend: LendForm,
  block: BlockForm,
} as const;

export interface FormProps {
  chat: Chat;
  onClose: () => void;
}

export function DeedWindow({ chat, deed, onClose }: { chat: Chat; deed: Deed | null; onClose: () => void }) {
  const { t } = useTranslation();
  const Form = deed && FORMS[deed];
  return (
    <Window title={deed ? t(`deeds.${deed}Title`) : ""} isOpen={deed !== null} onClose={onClose}>
      {Form && <Form chat={chat} onClose={onClose} />}
    </Window>
  );
}

interface FootProps {
  error: unknown;
  busy: boolean;
  ready: boolean;
  action: ReactNode;
  onClose: () => void;
}

/** The end of each of the forms. */
export function FormFoot({ error, busy, ready, action, onClose }: FootProps) {
  const { t } = useTranslation();
  return (
    <>
      <Problems error={error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" className="primary" isPending={busy} isDisabled={!ready}>
          {action}
        </Button>
      </div>
    </>
  );
}
