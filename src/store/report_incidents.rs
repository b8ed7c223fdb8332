//! What somebody said of reports that seemed to be about one thing.

use std::collections::HashSet;

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, run};

/// Notes what was decided of a report: `accepted` or `dismissed`. The newest word counts.
///
/// # Errors
/// When the database fails.
pub async fn decide(unit: &Unit, report: Uuid, decision: &str, staff: Uuid, now: i64) -> Result<()> {
    let sql = "INSERT INTO report_incidents (report_id, town_id, decision, staff_id, decided_at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (report_id) DO UPDATE SET decision = excluded.decision, staff_id = excluded.staff_id, \
               decided_at = excluded.decided_at";
    run(&**unit, sql, [report.into(), TOWN.into(), decision.into(), staff.into(), now.into()]).await?;
    Ok(())
}

/// The reports that were dismissed since a moment (Unix ms).
///
/// # Errors
/// When the database fails.
pub async fn dismissed(on: &impl ConnectionTrait, since: i64) -> Result<HashSet<Uuid>> {
    let sql = "SELECT report_id FROM report_incidents \
               WHERE town_id = $1 AND decision = 'dismissed' AND decided_at >= $2";
    let rows = all(on, sql, [TOWN.into(), since.into()]).await?;
    rows.iter().map(|row| Ok(row.try_get("", "report_id")?)).collect()
}
