//! What staff should know of the town's own accounts at the providers: a template that was paused, a number that is
//! rated badly, a token that has expired. The same news again is counted, not repeated.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;
use ventanilla_adapters::{AccountNews, Channel};

use super::{Result, TOWN, Unit, all, run, to_json};

/// A notice that waits for somebody of the town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: Uuid,
    pub channel: String,
    pub account: String,
    /// `info`, `warning` or `critical`.
    pub severity: String,
    pub about: Option<String>,
    pub state: String,
    /// What happened and what to do, in Spanish.
    pub sentence: String,
    pub times: i64,
    pub first_at: i64,
    pub last_at: i64,
}

/// Notes news; `true` when it was not known yet.
///
/// # Errors
/// When the database fails.
pub async fn note(unit: &Unit, id: Uuid, channel: Channel, news: &AccountNews, now: i64) -> Result<bool> {
    let again = "UPDATE notices SET times = times + 1, last_at = $6, sentence = $7 WHERE town_id = $1 AND channel = $2 \
                 AND account = $3 AND kind = $4 AND state = $5 AND COALESCE(about, '') = COALESCE($8, '') \
                 AND acknowledged_at IS NULL";
    let kind = word(&news.kind);
    let values = [
        TOWN.into(),
        channel.as_str().into(),
        news.account.clone().into(),
        kind.clone().into(),
        news.state.clone().into(),
        now.into(),
        news.sentence.clone().into(),
        news.about.clone().into(),
    ];
    if run(&**unit, again, values).await? > 0 {
        return Ok(false);
    }
    let sql = "INSERT INTO notices (id, town_id, channel, account, kind, severity, about, state, sentence, times, \
               first_at, last_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10)";
    let values = [
        id.into(),
        TOWN.into(),
        channel.as_str().into(),
        news.account.clone().into(),
        kind.into(),
        word(&news.severity).into(),
        news.about.clone().into(),
        news.state.clone().into(),
        news.sentence.clone().into(),
        now.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(true)
}

/// A variant's name, as its JSON spells it.
fn word(variant: &impl serde::Serialize) -> String {
    to_json(variant).trim_matches('"').to_owned()
}

/// Notices that nobody has acknowledged, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn open(on: &impl ConnectionTrait) -> Result<Vec<Notice>> {
    let sql = "SELECT * FROM notices WHERE town_id = $1 AND acknowledged_at IS NULL ORDER BY last_at DESC LIMIT 200";
    all(on, sql, [TOWN.into()]).await?.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<Notice> {
    Ok(Notice {
        id: row.try_get("", "id")?,
        channel: row.try_get("", "channel")?,
        account: row.try_get("", "account")?,
        severity: row.try_get("", "severity")?,
        about: row.try_get("", "about")?,
        state: row.try_get("", "state")?,
        sentence: row.try_get("", "sentence")?,
        times: row.try_get("", "times")?,
        first_at: row.try_get("", "first_at")?,
        last_at: row.try_get("", "last_at")?,
    })
}

/// Somebody has seen to it. `false` when there is no such open notice.
///
/// # Errors
/// When the database fails.
pub async fn acknowledge(unit: &Unit, id: Uuid, now: i64) -> Result<bool> {
    let sql = "UPDATE notices SET acknowledged_at = $2 WHERE id = $1 AND acknowledged_at IS NULL";
    Ok(run(&**unit, sql, [id.into(), now.into()]).await? == 1)
}
