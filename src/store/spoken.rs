//! What a call is to hear: replies whose way to the person is the response to a webhook.

use sea_orm::ConnectionTrait;
use uuid::Uuid;
use ventanilla_adapters::{Message, SendError};

use super::{Result, TOWN, Unit, all, json, one, run, to_json};

/// Where the turn of a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnOf {
    /// There is no such message.
    Unknown,
    /// It waits, or is being answered.
    Waiting {
        person: Uuid,
    },
    Done {
        person: Uuid,
        turn: i64,
    },
}

/// The turn that a message was dealt with in, by (account, provider id).
///
/// # Errors
/// When the database fails.
pub async fn turn_of(on: &impl ConnectionTrait, account: &str, id: &str) -> Result<TurnOf> {
    let sql = "SELECT person_id, state, turn FROM inbox \
               WHERE town_id = $1 AND channel = 'voice' AND account = $2 AND provider_id = $3";
    let Some(row) = one(on, sql, [TOWN.into(), account.into(), id.into()]).await? else {
        return Ok(TurnOf::Unknown);
    };
    let person: Uuid = row.try_get("", "person_id")?;
    let turn: Option<i64> = row.try_get("", "turn")?;
    Ok(match turn {
        Some(turn) => TurnOf::Done { person, turn },
        None => TurnOf::Waiting { person },
    })
}

/// What a turn said into a call, in order; the same however often it is asked.
///
/// # Errors
/// When the database fails.
pub async fn of_turn(on: &impl ConnectionTrait, person: Uuid, turn: i64) -> Result<Vec<Message>> {
    let sql = "SELECT id, message_json FROM outbox WHERE person_id = $1 AND turn = $2 AND channel = 'voice' ORDER BY idx";
    let rows = all(on, sql, [person.into(), turn.into()]).await?;
    rows.iter()
        .map(|row| {
            let id: Uuid = row.try_get("", "id")?;
            let text: String = row.try_get("", "message_json")?;
            json("outbox", id, &text)
        })
        .collect()
}

/// The call has fetched what a turn said. What was fetched before stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn fetched(unit: &Unit, person: Uuid, turn: i64, call: &str, now: i64) -> Result<u64> {
    let sql = "UPDATE outbox SET state = 'accepted', attempts = 1, provider_id = $3, updated_at = $4 \
               WHERE person_id = $1 AND turn = $2 AND channel = 'voice' AND state = 'queued'";
    run(&**unit, sql, [person.into(), turn.into(), call.into(), now.into()]).await
}

/// What no call came for since `before`: it broke off first. Gives how many.
///
/// # Errors
/// When the database fails.
pub async fn unheard(unit: &Unit, error: &SendError, before: i64, now: i64) -> Result<u64> {
    let sql = "UPDATE outbox SET state = 'failed', error_json = $1, updated_at = $3 \
               WHERE channel = 'voice' AND state = 'queued' AND created_at < $2";
    run(&**unit, sql, [to_json(error).into(), before.into(), now.into()]).await
}

/// Messages that a call has brought so far, by the prefix of their ids.
///
/// # Errors
/// When the database fails.
pub async fn turns_of_call(on: &impl ConnectionTrait, account: &str, call: &str) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM inbox WHERE town_id = $1 AND channel = 'voice' AND account = $2 \
               AND provider_id >= $3 AND provider_id < $4";
    let (first, last) = (format!("{call}:"), format!("{call};"));
    match one(on, sql, [TOWN.into(), account.into(), first.into(), last.into()]).await? {
        Some(row) => Ok(row.try_get("", "n")?),
        None => Ok(0),
    }
}

/// Whether a call is over, as far as the provider told.
///
/// # Errors
/// When the database fails.
pub async fn is_over(on: &impl ConnectionTrait, account: &str, call: &str) -> Result<bool> {
    Ok(turn_of(on, account, &format!("{call}:ended")).await? != TurnOf::Unknown)
}
