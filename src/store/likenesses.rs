//! What photos look like: see [`crate::likeness`].

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Result, Unit, all, one, run};

/// Notes what a photo looks like. Doing it twice is harmless.
///
/// # Errors
/// When the database fails.
pub async fn put(unit: &Unit, media: Uuid, likeness: u64) -> Result<()> {
    let sql =
        "INSERT INTO photo_likeness (media_id, likeness) VALUES ($1, $2) ON CONFLICT (media_id) DO NOTHING";
    run(&**unit, sql, [media.into(), likeness.cast_signed().into()]).await?;
    Ok(())
}

/// What a photo looks like, where that is known.
///
/// # Errors
/// When the database fails.
pub async fn of_photo(on: &impl ConnectionTrait, media: Uuid) -> Result<Option<u64>> {
    let sql = "SELECT likeness FROM photo_likeness WHERE media_id = $1";
    let row = one(on, sql, [media.into()]).await?;
    row.map(|row| Ok(row.try_get::<i64>("", "likeness")?.cast_unsigned())).transpose()
}

/// What the photos of a report look like that citizens sent.
///
/// # Errors
/// When the database fails.
pub async fn of_report(on: &impl ConnectionTrait, report: Uuid) -> Result<Vec<u64>> {
    let sql = "SELECT l.likeness FROM report_photos p JOIN photo_likeness l ON l.media_id = p.media_id \
               WHERE p.report_id = $1 AND p.kind = 'citizen' ORDER BY p.added_at, p.media_id";
    let rows = all(on, sql, [report.into()]).await?;
    rows.iter().map(|row| Ok(row.try_get::<i64>("", "likeness")?.cast_unsigned())).collect()
}
