//! Who hears of a report: who filed it, and who joined.

use sea_orm::ConnectionTrait;
use uuid::Uuid;
use ventanilla_adapters::Channel;

use super::{Result, Unit, all, run};

/// Somebody who hears of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follower {
    pub report: Uuid,
    pub person: Uuid,
    /// Where they filed it or joined: where they are told.
    pub channel: Channel,
    /// The report that they filed themselves, where it was added to this one.
    pub through: Option<Uuid>,
    /// Unix milliseconds.
    pub since: i64,
}

/// Adds a follower; `false` when they follow it already.
///
/// # Errors
/// When the database fails.
pub async fn add(unit: &Unit, follower: &Follower) -> Result<bool> {
    let sql = "INSERT INTO report_followers (report_id, person_id, channel, through, since) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (report_id, person_id) DO NOTHING";
    let values = [
        follower.report.into(),
        follower.person.into(),
        follower.channel.as_str().into(),
        follower.through.into(),
        follower.since.into(),
    ];
    Ok(run(&**unit, sql, values).await? > 0)
}

/// Who follows a report, the first first.
///
/// # Errors
/// When the database fails.
pub async fn of_report(on: &impl ConnectionTrait, report: Uuid) -> Result<Vec<Follower>> {
    let sql = "SELECT * FROM report_followers WHERE report_id = $1 ORDER BY since, person_id";
    let rows = all(on, sql, [report.into()]).await?;
    rows.iter()
        .map(|row| {
            let channel: String = row.try_get("", "channel")?;
            Ok(Follower {
                report,
                person: row.try_get("", "person_id")?,
                channel: channel.parse().unwrap_or(Channel::Whatsapp),
                through: row.try_get("", "through")?,
                since: row.try_get("", "since")?,
            })
        })
        .collect()
}

/// Who followed a report only through another that was added to it follows it no more. Gives how many.
///
/// # Errors
/// When the database fails.
pub async fn remove_through(unit: &Unit, report: Uuid, through: Uuid) -> Result<u64> {
    let sql = "DELETE FROM report_followers WHERE report_id = $1 AND through = $2";
    run(&**unit, sql, [report.into(), through.into()]).await
}

/// How many follow a report.
///
/// # Errors
/// When the database fails.
pub async fn count(on: &impl ConnectionTrait, report: Uuid) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM report_followers WHERE report_id = $1";
    let row = super::one(on, sql, [report.into()]).await?;
    Ok(row.map(|row| row.try_get("", "n")).transpose()?.unwrap_or(0))
}

/// One person was on record twice: what the one followed, the other follows, and hears of.
///
/// # Errors
/// When the database fails.
pub async fn merge(unit: &Unit, from: Uuid, into: Uuid) -> Result<()> {
    for sql in [
        "UPDATE report_followers SET person_id = $2 WHERE person_id = $1 AND NOT EXISTS (SELECT 1 FROM report_followers AS f \
         WHERE f.person_id = $2 AND f.report_id = report_followers.report_id)",
        "UPDATE report_notices SET person_id = $2 WHERE person_id = $1 AND NOT EXISTS (SELECT 1 FROM report_notices AS n \
         WHERE n.person_id = $2 AND n.report_id = report_notices.report_id)",
    ] {
        run(&**unit, sql, [from.into(), into.into()]).await?;
    }
    // What both follow, both would hear of.
    run(&**unit, "DELETE FROM report_followers WHERE person_id = $1", [from.into()]).await?;
    run(&**unit, "DELETE FROM report_notices WHERE person_id = $1", [from.into()]).await?;
    Ok(())
}

/// Somebody does not want to hear of a report any more; `false` when they did not follow it.
///
/// # Errors
/// When the database fails.
pub async fn remove(unit: &Unit, report: Uuid, person: Uuid) -> Result<bool> {
    let sql = "DELETE FROM report_followers WHERE report_id = $1 AND person_id = $2";
    Ok(run(&**unit, sql, [report.into(), person.into()]).await? > 0)
}
