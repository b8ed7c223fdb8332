//! What a talk does while nobody writes, and how fast people write: the part of a conversation that is about time.

use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Result, Unit, all, run};

/// When something is done about a talk in which nobody writes. Unix ms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Idle {
    /// The person is reminded of the open question then.
    pub remind_at: Option<i64>,
    /// They were reminded in this talk: once is enough.
    pub reminded: bool,
    /// What is left unfinished is erased then.
    pub erase_at: Option<i64>,
    /// What they had left unfinished was erased, and nothing was begun since.
    pub erased_at: Option<i64>,
}

/// How fast a person writes. Texts are kept as fingerprints, which cannot be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pace {
    /// When the messages of the last minute came, Unix ms, oldest first.
    pub lately: Vec<i64>,
    /// When they were last told that they write too fast, Unix ms.
    pub told_at: Option<i64>,
    /// When we last answered, Unix ms.
    pub answered_at: Option<i64>,
    /// Turns in a row that came as soon as we had answered.
    pub quick: Streak,
    /// Turns in a row with the same words and our same answer.
    pub same: Streak,
    /// Of their words and of our answer in the last turn.
    pub said: Option<u64>,
    pub answered: Option<u64>,
    /// They were taken for a machine, and are not answered.
    pub stopped: Option<Stopped>,
}

/// Turns in a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Streak {
    pub turns: u32,
    /// When the first of them was, Unix ms.
    pub since: i64,
}

/// Since when somebody is not answered, Unix ms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    pub at: i64,
    /// When they last wrote, Unix ms.
    pub heard_at: i64,
}

/// People whose reminder is due, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn to_remind(on: &impl ConnectionTrait, now: i64, limit: i64) -> Result<Vec<Uuid>> {
    people(
        on,
        "SELECT person_id FROM conversations WHERE remind_at <= $1 ORDER BY remind_at LIMIT $2",
        now,
        limit,
    )
    .await
}

/// People whose unfinished talk is to be erased, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn to_erase(on: &impl ConnectionTrait, now: i64, limit: i64) -> Result<Vec<Uuid>> {
    people(
        on,
        "SELECT person_id FROM conversations WHERE erase_at <= $1 ORDER BY erase_at LIMIT $2",
        now,
        limit,
    )
    .await
}

async fn people(on: &impl ConnectionTrait, sql: &'static str, now: i64, limit: i64) -> Result<Vec<Uuid>> {
    let rows = all(on, sql, [now.into(), limit.into()]).await?;
    rows.iter().map(|row| Ok(row.try_get("", "person_id")?)).collect()
}

/// Puts a reminder off that was due at `due`, or drops it. Nothing happens where a turn planned another meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn put_off(unit: &Unit, person: Uuid, due: i64, until: Option<i64>) -> Result<()> {
    let sql = "UPDATE conversations SET remind_at = $3 WHERE person_id = $1 AND remind_at = $2";
    run(&**unit, sql, [person.into(), due.into(), until.into()]).await?;
    Ok(())
}

/// Puts off an erasure that was due at `due`. Nothing happens where a turn planned another meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn keep_longer(unit: &Unit, person: Uuid, due: i64, until: i64) -> Result<()> {
    let sql = "UPDATE conversations SET erase_at = $3 WHERE person_id = $1 AND erase_at = $2";
    run(&**unit, sql, [person.into(), due.into(), until.into()]).await?;
    Ok(())
}
