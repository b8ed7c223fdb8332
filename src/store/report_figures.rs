//! Sums over all public reports. Each reads the whole table: call them beside requests, not within one.

use sea_orm::{ConnectionTrait, QueryResult};

use super::{Result, TOWN, all};
use crate::reports::State;

/// How many reports of a category stand somewhere in a colonia.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub category: String,
    pub state: State,
    pub colonia: Option<String>,
    pub reports: i64,
}

/// Counts public reports by category, state and colonia.
///
/// # Errors
/// When the database fails.
pub async fn counts(on: &impl ConnectionTrait) -> Result<Vec<Count>> {
    let sql = "SELECT category, state, colonia, COUNT(*) AS reports FROM reports \
               WHERE town_id = $1 AND private = FALSE GROUP BY category, state, colonia \
               ORDER BY category, state, colonia";
    let rows = all(on, sql, [TOWN.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Count {
                category: row.try_get("", "category")?,
                state: state(row)?,
                colonia: row.try_get("", "colonia")?,
                reports: row.try_get("", "reports")?,
            })
        })
        .collect()
}

/// How many reports of a state are so old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    pub state: State,
    /// Whole hours from filing until now, or until it was closed.
    pub hours: i64,
    pub reports: i64,
}

/// Ages of public reports: of all that are open at `now`, and of those filed since `since` that are closed. Ordered by state
/// and age.
///
/// # Errors
/// When the database fails.
pub async fn ages(on: &impl ConnectionTrait, since: i64, now: i64) -> Result<Vec<Age>> {
    let sql = "SELECT state, (COALESCE(closed_at, $2) - filed_at) / 3600000 AS hours, COUNT(*) AS reports \
               FROM reports WHERE town_id = $1 AND private = FALSE AND (closed_at IS NULL OR filed_at >= $3) \
               GROUP BY 1, 2 ORDER BY 1, 2";
    let rows = all(on, sql, [TOWN.into(), now.into(), since.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Age {
                state: state(row)?,
                hours: row.try_get("", "hours")?,
                reports: row.try_get("", "reports")?,
            })
        })
        .collect()
}

/// What became of the reports of a category, a department and a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    pub category: String,
    pub department: Option<String>,
    pub channel: String,
    pub reports: i64,
    pub open: i64,
    /// A person of the town did something about it.
    pub responded: i64,
    /// The town said at least once that it is done.
    pub claimed: i64,
    pub reopened: i64,
    pub confirmed: i64,
    /// Nobody answered for a week whether it is done.
    pub lapsed: i64,
    pub rejected: i64,
    pub cancelled: i64,
    /// Added to another report.
    pub joined: i64,
    /// People beyond the first of each report.
    pub more_people: i64,
    /// With another authority.
    pub referred: i64,
    /// Ended because it is not the town's.
    pub not_ours: i64,
    /// The place lies outside the town.
    pub outside: i64,
    /// Somebody of the town sent it to another department than the rule did.
    pub by_hand: i64,
}

/// What became of public reports filed since a moment.
///
/// # Errors
/// When the database fails.
pub async fn work(on: &impl ConnectionTrait, since: i64) -> Result<Vec<Work>> {
    let sql = "SELECT category, department, channel, COUNT(*) AS reports, \
               COUNT(CASE WHEN closed_at IS NULL THEN 1 END) AS open, COUNT(responded_at) AS responded, \
               COUNT(claimed_at) AS claimed, COUNT(CASE WHEN reopened > 0 THEN 1 END) AS reopened, \
               COUNT(CASE WHEN outcome = 'confirmed' THEN 1 END) AS confirmed, \
               COUNT(CASE WHEN outcome = 'lapsed' THEN 1 END) AS lapsed, \
               COUNT(CASE WHEN state = 'closed_rejected' THEN 1 END) AS rejected, \
               COUNT(CASE WHEN state = 'cancelled' THEN 1 END) AS cancelled, \
               COUNT(CASE WHEN state = 'duplicate' THEN 1 END) AS joined, \
               CAST(SUM(CASE WHEN state <> 'duplicate' THEN people - 1 ELSE 0 END) AS BIGINT) AS more_people, \
               COUNT(CASE WHEN state = 'referred' THEN 1 END) AS referred, \
               COUNT(CASE WHEN outcome = 'not_ours' THEN 1 END) AS not_ours, \
               COUNT(CASE WHEN rule = 'triage:outside' THEN 1 END) AS outside, \
               COUNT(CASE WHEN rule = 'by_hand' THEN 1 END) AS by_hand \
               FROM reports WHERE town_id = $1 AND private = FALSE AND filed_at >= $2 \
               GROUP BY category, department, channel ORDER BY category, department, channel";
    all(on, sql, [TOWN.into(), since.into()]).await?.iter().map(read_work).collect()
}

fn read_work(row: &QueryResult) -> Result<Work> {
    let count = |column| row.try_get("", column);
    Ok(Work {
        category: row.try_get("", "category")?,
        department: row.try_get("", "department")?,
        channel: row.try_get("", "channel")?,
        reports: count("reports")?,
        open: count("open")?,
        responded: count("responded")?,
        claimed: count("claimed")?,
        reopened: count("reopened")?,
        confirmed: count("confirmed")?,
        lapsed: count("lapsed")?,
        rejected: count("rejected")?,
        cancelled: count("cancelled")?,
        joined: count("joined")?,
        more_people: count("more_people")?,
        referred: count("referred")?,
        not_ours: count("not_ours")?,
        outside: count("outside")?,
        by_hand: count("by_hand")?,
    })
}

/// Of the reports that the town said are done, how many it showed a photo of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub category: String,
    pub department: Option<String>,
    pub reports: i64,
}

/// Counts public reports filed since a moment that are said to be done and have a photo of the town.
///
/// # Errors
/// When the database fails.
pub async fn evidence(on: &impl ConnectionTrait, since: i64) -> Result<Vec<Evidence>> {
    let sql = "SELECT r.category, r.department, COUNT(*) AS reports \
               FROM (SELECT DISTINCT report_id FROM report_photos WHERE kind = 'evidence') p \
               JOIN reports r ON r.id = p.report_id \
               WHERE r.town_id = $1 AND r.private = FALSE AND r.claimed_at IS NOT NULL AND r.filed_at >= $2 \
               GROUP BY r.category, r.department ORDER BY r.category, r.department";
    let rows = all(on, sql, [TOWN.into(), since.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Evidence {
                category: row.try_get("", "category")?,
                department: row.try_get("", "department")?,
                reports: row.try_get("", "reports")?,
            })
        })
        .collect()
}

/// A state of a newer version is in triage for this one.
fn state(row: &QueryResult) -> Result<State> {
    let state: String = row.try_get("", "state")?;
    Ok(state.parse().unwrap_or(State::Triage))
}
