import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { board, photoUrl } from "../../api/board";
import type { BoardPhoto, BoardReport } from "../../api/types";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Page";
import { Problems } from "../../ui/Problems";
import { refreshBoard } from "../refresh";

/** Photos of the citizen and of the work; who may, says which of them everybody sees. */
export function Photos({ report }: { report: BoardReport }) {
  const { t } = useTranslation();
  return (
    <Card title={t("board.one.photos")}>
      {report.photos.length === 0 ? (
        <p>{t("board.one.noPhotos")}</p>
      ) : (
        <ul className="photos">
          {report.photos.map((photo) => (
            <Photo key={photo.id} report={report} photo={photo} />
          ))}
        </ul>
      )}
    </Card>
  );
}

const STATES = { waiting: "late", shown: "good", hidden: "" } as const;

function stateOf({ moderation }: BoardPhoto): keyof typeof STATES {
  return moderation === "shown" || moderation === "hidden" ? moderation : "waiting";
}

function Photo({ report, photo }: { report: BoardReport; photo: BoardPhoto }) {
  const { t } = useTranslation();
  const what = t(photo.kind === "evidence" ? "board.one.photoEvidence" : "board.one.photoCitizen");
  const state = stateOf(photo);
  const moderate = useMutation({
    mutationFn: (shown: boolean) =>
      board.moderatePhoto(report.id, photo.id, { version: report.version, shown }),
    onSettled: () => refreshBoard(),
  });
  return (
    <li>
      <a href={photoUrl(report.id, photo.id)} target="_blank" rel="noreferrer">
        <img src={photoUrl(report.id, photo.id, true)} alt={what} loading="lazy" />
      </a>
      <span>{what}</span>
      {!report.private && (
        <span className={`badge ${STATES[state]}`}>{t(`board.one.moderation.${state}`)}</span>
      )}
      {report.may_moderate && (
        <div className="row">
          {state !== "shown" && (
            <Button
              className="quiet small"
              aria-label={t("board.one.showOf")}
              isPending={moderate.isPending}
              onPress={() => moderate.mutate(true)}
            >
              {t("board.one.show")}
            </Button>
          )}
          {state !== "hidden" && (
            <Button
              className="quiet small"
              aria-label={t("board.one.hideOf")}
              isPending={moderate.isPending}
              onPress={() => moderate.mutate(false)}
            >
              {t("board.one.hide")}
            </Button>
          )}
        </div>
      )}
      <Problems error={moderate.error} />
    </li>
  );
}
