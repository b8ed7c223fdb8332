// The shape of what is coming, so that nothing jumps when it is there.
import { useTranslation } from "react-i18next";

export function Skeleton({ rows, kind = "row" }: { rows: number; kind?: "row" | "bubble" | "card" }) {
  const { t } = useTranslation();
  return (
    <div className={`skeleton of-${kind}`}>
      <p className="unseen" role="status">
        {t("common.loading")}
      </p>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike and never move
        <div key={row} aria-hidden="true" />
      ))}
    </div>
  );
}
