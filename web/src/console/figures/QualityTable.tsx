// How well each team attends: a share is never shown without what it is a share of.
import { useTranslation } from "react-i18next";
import type { TeamFigures } from "../api/types";
import { useDepartments } from "../ui/useDepartments";
import { localeOf } from "../ui/useTimes";

type Quality = TeamFigures["quality"];
type Share = Quality["in_time"];

export function QualityTable({ teams }: { teams: readonly TeamFigures[] }) {
  const { t } = useTranslation();
  const { nameOf } = useDepartments();
  return (
    <section className="stack" aria-labelledby="quality">
      <h2 id="quality">{t("quality.title")}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a frame that scrolls, not a fieldset */}
      <div className="table-frame" role="group" tabIndex={0} aria-labelledby="quality">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{t("figures.team")}</th>
              <Head name="inTime" />
              <Head name="resolved" />
              <Head name="reopened" />
              <Head name="rating" />
              <Head name="content" />
              <Head name="responses" />
            </tr>
          </thead>
          <tbody>
            {teams.map(({ department, quality }) => (
              <tr key={department ?? ""}>
                <th scope="row">{department === null ? t("figures.noTeam") : nameOf(department)}</th>
                <ShareCell share={quality.in_time} />
                <ShareCell share={quality.resolved} />
                <ShareCell share={quality.reopened} />
                <RatingCell quality={quality} />
                <ShareCell share={quality.content} />
                <ShareCell share={quality.responses} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type HeadName = "inTime" | "resolved" | "reopened" | "rating" | "content" | "responses";

function Head({ name }: { name: HeadName }) {
  const { t } = useTranslation();
  return (
    <th scope="col">
      {t(`quality.${name}`)}
      <small>{t(`quality.${name}Hint`)}</small>
    </th>
  );
}

function ShareCell({ share: { count, n } }: { share: Share }) {
  const { t } = useTranslation();
  return (
    <td className="numbers">
      {n === 0 ? "—" : t("figures.share", { percent: Math.round((count / n) * 100) })}
      <small>{t("quality.of", { count, n })}</small>
    </td>
  );
}

function RatingCell({ quality: { rating, content } }: { quality: Quality }) {
  const { t, i18n } = useTranslation();
  const tenths = new Intl.NumberFormat(localeOf(i18n.language), {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return (
    <td className="numbers">
      {rating === null ? "—" : tenths.format(rating)}
      <small>{t("figures.n", { count: content.n })}</small>
    </td>
  );
}
