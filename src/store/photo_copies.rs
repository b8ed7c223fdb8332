//! Which photos of reports have copies that could be shown, and which may be.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Result, Unit, all, one, run};

/// Photos of which no copies were tried yet, the oldest first, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn waiting(on: &impl ConnectionTrait, limit: i64) -> Result<Vec<Uuid>> {
    let sql = "SELECT media_id FROM report_photos WHERE copies = 'waiting' ORDER BY added_at LIMIT $1";
    let rows = all(on, sql, [limit.into()]).await?;
    rows.iter().map(|row| Ok(row.try_get("", "media_id")?)).collect()
}

/// Notes that the copies of a photo are there, or that none can be drawn of it.
///
/// # Errors
/// When the database fails.
pub async fn tried(unit: &Unit, media: Uuid, drawn: bool) -> Result<()> {
    let copies = if drawn { "drawn" } else { "refused" };
    run(&**unit, "UPDATE report_photos SET copies = $2 WHERE media_id = $1", [media.into(), copies.into()])
        .await?;
    Ok(())
}

/// A photo that everybody may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownPhoto {
    pub media: Uuid,
    /// The town's, of its work; else a citizen's.
    pub evidence: bool,
    /// Unix milliseconds.
    pub added_at: i64,
}

/// The photos of a report that somebody of the town said may be shown and that have copies, oldest first. None of a private
/// report.
///
/// # Errors
/// When the database fails.
pub async fn shown(on: &impl ConnectionTrait, report: Uuid) -> Result<Vec<ShownPhoto>> {
    let sql = "SELECT p.media_id, p.kind, p.added_at FROM report_photos p JOIN reports r ON r.id = p.report_id \
               WHERE p.report_id = $1 AND p.moderation = 'shown' AND p.copies = 'drawn' AND r.private = FALSE \
               ORDER BY p.added_at, p.media_id";
    let rows = all(on, sql, [report.into()]).await?;
    rows.iter()
        .map(|row| {
            let kind: String = row.try_get("", "kind")?;
            Ok(ShownPhoto {
                media: row.try_get("", "media_id")?,
                evidence: kind == "evidence",
                added_at: row.try_get("", "added_at")?,
            })
        })
        .collect()
}

/// Whether everybody may see a photo, now.
///
/// # Errors
/// When the database fails.
pub async fn is_shown(on: &impl ConnectionTrait, media: Uuid) -> Result<bool> {
    let sql = "SELECT 1 AS yes FROM report_photos p JOIN reports r ON r.id = p.report_id \
               WHERE p.media_id = $1 AND p.moderation = 'shown' AND p.copies = 'drawn' AND r.private = FALSE";
    Ok(one(on, sql, [media.into()]).await?.is_some())
}
