// A dialog over the page, and the small one that asks whether somebody is sure.
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Problems } from "./Problems";

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** False: the person must decide, neither Escape nor a press beside it closes. */
  dismissable?: boolean;
  role?: "dialog" | "alertdialog";
}

export function Window({ title, isOpen, onClose, children, dismissable = true, role = "dialog" }: Props) {
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={dismissable}
      isKeyboardDismissDisabled={!dismissable}
    >
      <Modal className="window">
        <Dialog role={role} className="window-inside">
          <Heading slot="title">{title}</Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmProps {
  title: string;
  lead: string;
  action: string;
  isOpen: boolean;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onConfirm: () => void;
}

export function Confirm({ title, lead, action, isOpen, busy, error, onClose, onConfirm }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Window title={title} isOpen={isOpen} onClose={onClose} role="alertdialog">
      <p>{lead}</p>
      <Problems error={error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose} autoFocus>
          {t("common.cancel")}
        </Button>
        <Button className="primary" onPress={onConfirm} isPending={busy}>
          {action}
        </Button>
      </div>
    </Window>
  );
}
