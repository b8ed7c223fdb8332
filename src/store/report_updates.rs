//! Updates of other systems that were taken in, so that one which comes twice does something once.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Result, TOWN, Unit, one, run};

/// Notes an update; `false` where this source told it before.
///
/// # Errors
/// When the database fails.
pub async fn note(unit: &Unit, source: &str, update: &str, report: Uuid, at: i64) -> Result<bool> {
    let sql = "INSERT INTO report_updates (town_id, source, update_id, report_id, at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (town_id, source, update_id) DO NOTHING";
    let values = [TOWN.into(), source.into(), update.into(), report.into(), at.into()];
    Ok(run(&**unit, sql, values).await? > 0)
}

/// When a source says that the last thing happened which it told of a report, Unix ms.
///
/// # Errors
/// When the database fails.
pub async fn last(on: &impl ConnectionTrait, source: &str, report: Uuid) -> Result<Option<i64>> {
    let sql = "SELECT MAX(at) AS at FROM report_updates WHERE report_id = $1 AND source = $2";
    let row = one(on, sql, [report.into(), source.into()]).await?;
    Ok(row.map(|row| row.try_get("", "at")).transpose()?.flatten())
}
