//! News of reports that followers are still to be told. They wait a while, so that several become one message.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, run};

/// Somebody who is to hear of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub report: Uuid,
    pub person: Uuid,
    /// The first event that they have not heard of.
    pub since_seq: i64,
    /// Unix milliseconds.
    pub due_at: i64,
}

/// Somebody is to be told. Who is to be told of something already hears of all of it, when that was due.
///
/// # Errors
/// When the database fails.
pub async fn put(unit: &Unit, notice: &Notice) -> Result<()> {
    let sql = "INSERT INTO report_notices (report_id, person_id, town_id, since_seq, due_at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (report_id, person_id) DO NOTHING";
    let values = [
        notice.report.into(),
        notice.person.into(),
        TOWN.into(),
        notice.since_seq.into(),
        notice.due_at.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// News that are due at a moment (Unix ms), at most `limit`, the longest due first.
///
/// # Errors
/// When the database fails.
pub async fn due(on: &impl ConnectionTrait, now: i64, limit: i64) -> Result<Vec<Notice>> {
    let sql = "SELECT * FROM report_notices WHERE town_id = $1 AND due_at <= $2 ORDER BY due_at LIMIT $3";
    let rows = all(on, sql, [TOWN.into(), now.into(), limit.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Notice {
                report: row.try_get("", "report_id")?,
                person: row.try_get("", "person_id")?,
                since_seq: row.try_get("", "since_seq")?,
                due_at: row.try_get("", "due_at")?,
            })
        })
        .collect()
}

/// They were told; `false` when somebody else did it meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn take(unit: &Unit, report: Uuid, person: Uuid) -> Result<bool> {
    let sql = "DELETE FROM report_notices WHERE report_id = $1 AND person_id = $2";
    Ok(run(&**unit, sql, [report.into(), person.into()]).await? > 0)
}
