//! Photos of reports: what citizens sent, and what the town shows of its work. Nobody outside sees one before somebody of
//! the town said so.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Result, Unit, all, run};

/// A photo of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPhoto {
    /// Its file, see [`super::media`].
    pub media: Uuid,
    pub report: Uuid,
    /// `citizen` or `evidence`.
    pub kind: String,
    /// `waiting`, `shown` or `hidden`.
    pub moderation: String,
    /// Unix milliseconds.
    pub added_at: i64,
}

/// Adds a photo. Doing it twice is harmless.
///
/// # Errors
/// When the database fails.
pub async fn add(unit: &Unit, photo: &ReportPhoto) -> Result<()> {
    let sql = "INSERT INTO report_photos (media_id, report_id, kind, moderation, added_at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (media_id) DO NOTHING";
    let values = [
        photo.media.into(),
        photo.report.into(),
        photo.kind.as_str().into(),
        photo.moderation.as_str().into(),
        photo.added_at.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// The photos of a report, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_report(on: &impl ConnectionTrait, report: Uuid) -> Result<Vec<ReportPhoto>> {
    let sql = "SELECT * FROM report_photos WHERE report_id = $1 ORDER BY added_at, media_id";
    let rows = all(on, sql, [report.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(ReportPhoto {
                media: row.try_get("", "media_id")?,
                report: row.try_get("", "report_id")?,
                kind: row.try_get("", "kind")?,
                moderation: row.try_get("", "moderation")?,
                added_at: row.try_get("", "added_at")?,
            })
        })
        .collect()
}

/// Says whether others may see a photo: `shown`, `hidden` or `waiting`; `false` where the report has no such photo.
///
/// # Errors
/// When the database fails.
pub async fn moderate(unit: &Unit, report: Uuid, media: Uuid, moderation: &str) -> Result<bool> {
    let sql = "UPDATE report_photos SET moderation = $3 WHERE report_id = $1 AND media_id = $2";
    Ok(run(&**unit, sql, [report.into(), media.into(), moderation.into()]).await? > 0)
}
