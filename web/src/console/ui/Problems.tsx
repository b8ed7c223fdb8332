// What went wrong, said where it happened: beside a form, or in place of what could not be loaded.
import type { TFunction } from "i18next";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { codeOf, Problem } from "../api/problem";
import { Icon } from "./Icon";

/** Our own sentence, in the reader's language; the server's for what we do not know. */
export function sentenceOf(error: unknown, t: TFunction): string {
  const code = codeOf(error);
  if (code === "other" && error instanceof Problem && error.detail) return error.detail;
  return t(`problems.${code}`);
}

export function Problems({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      {error ? (
        <p className="notice bad">
          <Icon name="warning" />
          <span>{sentenceOf(error, t)}</span>
        </p>
      ) : null}
    </div>
  );
}

export function CouldNotLoad({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="blank" role="alert">
      <Icon name="warning" size={36} />
      <h2>{t("problems.heading")}</h2>
      <p>{sentenceOf(error, t)}</p>
      <Button className="quiet" onPress={retry}>
        {t("common.retry")}
      </Button>
    </div>
  );
}
