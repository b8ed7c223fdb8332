// Saved replies: searched by words or shortcut, chosen by keyboard, filled with what is known of the person.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type RefObject, useState } from "react";
import {
  Autocomplete,
  Button,
  Dialog,
  DialogTrigger,
  Input,
  Label,
  Menu,
  MenuItem,
  Popover,
  SearchField,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import { desk } from "../../api/desk";
import { KEYS } from "../../api/keys";
import type { Chat, Reply } from "../../api/types";
import { useMe } from "../../session/session";
import { Icon } from "../../ui/Icon";
import { Problems } from "../../ui/Problems";
import type { DraftText } from "./useDraft";
import { fill } from "./variables";

interface Props {
  chat: Chat;
  area: RefObject<HTMLTextAreaElement | null>;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  draft: DraftText;
}

export function Canned({ chat, area, isOpen, onOpenChange, draft }: Props) {
  const { t } = useTranslation();
  const { name } = useMe();
  const insert = (text: string) => {
    const at = area.current?.selectionStart ?? draft.text.length;
    draft.set(draft.text.slice(0, at) + text + draft.text.slice(area.current?.selectionEnd ?? at));
    onOpenChange(false);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(at + text.length, at + text.length);
    });
  };
  const pick = (reply: Reply) =>
    insert(
      fill(reply.text, {
        nombre: chat.person_name,
        agente: name,
        folio: chat.packet.folios[0]?.folio ?? null,
      }),
    );
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button
        className="quiet with-icon small"
        aria-label={t("composer.canned")}
        isDisabled={!chat.can.write}
      >
        <Icon name="saved" size={17} />
        <span className="roomy-only">{t("composer.cannedShort")}</span>
      </Button>
      <Popover className="popover canned" placement="top end">
        <Dialog aria-label={t("composer.canned")}>
          <Search onPick={pick} onSlash={() => insert("/")} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Search({ onPick, onSlash }: { onPick: (reply: Reply) => void; onSlash: () => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const { data, error } = useQuery({
    queryKey: KEYS.repliesWith(words.trim()),
    queryFn: () => desk.replies(words.trim()),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  // A second "/" means the sign itself.
  const typed = (text: string) => (text === "/" ? onSlash() : setWords(text));
  return (
    <Autocomplete inputValue={words} onInputChange={typed}>
      <SearchField className="form-field" autoFocus>
        <Label className="unseen">{t("composer.cannedSearch")}</Label>
        <Input className="field" placeholder={t("composer.cannedSearch")} />
      </SearchField>
      <Problems error={error} />
      <Menu
        className="options"
        items={data?.replies ?? []}
        renderEmptyState={() => (
          <p className="hint">{data ? t("composer.cannedEmpty") : t("common.loading")}</p>
        )}
      >
        {(reply) => (
          <MenuItem id={reply.id} className="option" textValue={reply.title} onAction={() => onPick(reply)}>
            <span>
              <kbd>/{reply.shortcut.replace(/^\//, "")}</kbd> {reply.title}
            </span>
            <span className="canned-text">{reply.text}</span>
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  );
}
