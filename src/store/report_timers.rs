//! What happens to a report by itself, unless something else happens first.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Result, StoreError, TOWN, Unit, all, run};
use crate::reports::TimerKind;

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    pub report: Uuid,
    pub kind: TimerKind,
    /// Unix milliseconds.
    pub due_at: i64,
}

/// Sets a timer; one of the same kind is set anew.
///
/// # Errors
/// When the database fails.
pub async fn set(unit: &Unit, timer: &Timer) -> Result<()> {
    let sql = "INSERT INTO report_timers (report_id, kind, town_id, due_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (report_id, kind) DO UPDATE SET due_at = excluded.due_at";
    let values = [timer.report.into(), timer.kind.as_str().into(), TOWN.into(), timer.due_at.into()];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// Something else happened: nothing happens by itself any more.
///
/// # Errors
/// When the database fails.
pub async fn stop(unit: &Unit, report: Uuid) -> Result<()> {
    run(&**unit, "DELETE FROM report_timers WHERE report_id = $1", [report.into()]).await?;
    Ok(())
}

/// Takes a timer that is due; `false` when somebody else did it meanwhile, or it was set anew.
///
/// # Errors
/// When the database fails.
pub async fn take(unit: &Unit, timer: &Timer) -> Result<bool> {
    let sql = "DELETE FROM report_timers WHERE report_id = $1 AND kind = $2 AND due_at = $3";
    let values = [timer.report.into(), timer.kind.as_str().into(), timer.due_at.into()];
    Ok(run(&**unit, sql, values).await? > 0)
}

/// What is due at a moment (Unix ms), at most `limit`, the longest due first.
///
/// # Errors
/// When the database fails.
pub async fn due(on: &impl ConnectionTrait, now: i64, limit: i64) -> Result<Vec<Timer>> {
    let sql = "SELECT report_id, kind, due_at FROM report_timers WHERE town_id = $1 AND due_at <= $2 ORDER BY due_at LIMIT $3";
    let rows = all(on, sql, [TOWN.into(), now.into(), limit.into()]).await?;
    rows.iter()
        .map(|row| {
            let (report, kind): (Uuid, String) = (row.try_get("", "report_id")?, row.try_get("", "kind")?);
            let unreadable =
                |why| StoreError::Unreadable { table: "report_timers", id: report.to_string(), why };
            Ok(Timer { report, kind: kind.parse().map_err(unreadable)?, due_at: row.try_get("", "due_at")? })
        })
        .collect()
}
