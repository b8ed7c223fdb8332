//! Photos of the work: brought from a phone first, shown with a move afterwards.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, Unit, all, one, run};

/// A photo that somebody of the town brought. Its bytes are in the media folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub media: Uuid,
    pub report: Uuid,
    pub staff: Uuid,
    /// The file that lists show.
    pub small: Uuid,
    pub bytes: i64,
    /// Unix milliseconds.
    pub added_at: i64,
    /// When a move showed it.
    pub used_at: Option<i64>,
}

/// Notes a photo.
///
/// # Errors
/// When the database fails.
pub async fn insert(unit: &Unit, photo: &Evidence) -> Result<()> {
    let sql = "INSERT INTO report_evidence (media_id, report_id, staff_id, small_id, bytes, added_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        photo.media.into(),
        photo.report.into(),
        photo.staff.into(),
        photo.small.into(),
        photo.bytes.into(),
        photo.added_at.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// A photo by its file.
///
/// # Errors
/// When the database fails.
pub async fn by_media(on: &impl ConnectionTrait, media: Uuid) -> Result<Option<Evidence>> {
    let sql = "SELECT * FROM report_evidence WHERE media_id = $1";
    one(on, sql, [media.into()]).await?.as_ref().map(read).transpose()
}

/// What somebody brought for a report and has not shown yet, the first first.
///
/// # Errors
/// When the database fails.
pub async fn unused(on: &impl ConnectionTrait, report: Uuid, staff: Uuid) -> Result<Vec<Evidence>> {
    let sql = "SELECT * FROM report_evidence WHERE report_id = $1 AND staff_id = $2 AND used_at IS NULL \
               ORDER BY added_at, media_id";
    all(on, sql, [report.into(), staff.into()]).await?.iter().map(read).collect()
}

/// A move shows it; `false` when one did already.
///
/// # Errors
/// When the database fails.
pub async fn mark_used(unit: &Unit, media: Uuid, now: i64) -> Result<bool> {
    let sql = "UPDATE report_evidence SET used_at = $2 WHERE media_id = $1 AND used_at IS NULL";
    Ok(run(&**unit, sql, [media.into(), now.into()]).await? > 0)
}

/// Forgets a photo that no move showed; `false` when one did, or it is somebody else's.
///
/// # Errors
/// When the database fails.
pub async fn remove(unit: &Unit, media: Uuid, staff: Uuid) -> Result<bool> {
    let sql = "DELETE FROM report_evidence WHERE media_id = $1 AND staff_id = $2 AND used_at IS NULL";
    Ok(run(&**unit, sql, [media.into(), staff.into()]).await? > 0)
}

/// Forgets what was brought before `before` (Unix ms) and never shown; gives its files.
///
/// # Errors
/// When the database fails.
pub async fn forget_unused(unit: &Unit, before: i64) -> Result<Vec<Uuid>> {
    let sql =
        "DELETE FROM report_evidence WHERE used_at IS NULL AND added_at < $1 RETURNING media_id, small_id";
    let rows = all(&**unit, sql, [before.into()]).await?;
    let mut files = Vec::new();
    for row in &rows {
        files.extend([row.try_get::<Uuid>("", "media_id")?, row.try_get("", "small_id")?]);
    }
    Ok(files)
}

fn read(row: &QueryResult) -> Result<Evidence> {
    Ok(Evidence {
        media: row.try_get("", "media_id")?,
        report: row.try_get("", "report_id")?,
        staff: row.try_get("", "staff_id")?,
        small: row.try_get("", "small_id")?,
        bytes: row.try_get("", "bytes")?,
        added_at: row.try_get("", "added_at")?,
        used_at: row.try_get("", "used_at")?,
    })
}
