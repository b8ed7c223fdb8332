//! Replies that could not go as they were: kept until the person writes, or sent by another channel.

use sea_orm::ConnectionTrait;
use uuid::Uuid;
use ventanilla_adapters::{Address, Message, SendError, StatusUpdate};

use super::{
    Result, Unit, one,
    outbox::{Pending, read},
    run, to_json,
};

/// Keeps a reply until the person writes on its channel. `false` when it went meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn keep(unit: &Unit, id: Uuid, error: Option<&SendError>, now: i64) -> Result<bool> {
    let sql = "UPDATE outbox SET state = 'kept', provider_id = NULL, error_json = COALESCE($2, error_json), updated_at = $3 \
               WHERE id = $1 AND state IN ('queued', 'sending', 'failed')";
    Ok(run(&**unit, sql, [id.into(), error.map(to_json).into(), now.into()]).await? == 1)
}

/// The person wrote from an address: what was kept on its channel may go there. Not to where they wrote from before:
/// the number may be somebody else's by now. Gives how many.
///
/// # Errors
/// When the database fails.
pub async fn release(
    unit: &Unit,
    person: Uuid,
    address: &Address,
    window_until: Option<i64>,
    now: i64,
) -> Result<u64> {
    let sql = "UPDATE outbox SET state = 'queued', address_json = $5, next_at = $4, window_until = $3, attempts = 0, \
               doubtful = FALSE, provider_id = NULL, updated_at = $4 \
               WHERE person_id = $1 AND channel = $2 AND state = 'kept'";
    let values = [
        person.into(),
        address.channel.as_str().into(),
        window_until.into(),
        now.into(),
        to_json(address).into(),
    ];
    run(&**unit, sql, values).await
}

/// Replies that were kept since before `before`: nobody came for them. Gives how many were given up.
///
/// # Errors
/// When the database fails.
pub async fn give_up(unit: &Unit, error: &SendError, before: i64, now: i64) -> Result<u64> {
    let sql = "UPDATE outbox SET state = 'failed', error_json = $1, updated_at = $3 \
               WHERE state = 'kept' AND created_at < $2";
    run(&**unit, sql, [to_json(error).into(), before.into(), now.into()]).await
}

/// Whether the person was reminded since `since` that something waits for them: once is enough.
///
/// # Errors
/// When the database fails.
pub async fn reminded_since(on: &impl ConnectionTrait, person: Uuid, since: i64) -> Result<bool> {
    let sql = "SELECT 1 AS here FROM outbox WHERE person_id = $1 AND author = 'reminder' AND created_at >= $2 \
               AND state <> 'failed' LIMIT 1";
    Ok(one(on, sql, [person.into(), since.into()]).await?.is_some())
}

/// Another way for a reply.
#[derive(Debug)]
pub struct Way<'a> {
    pub address: &'a Address,
    pub message: &'a Message,
    /// See [`super::outbox::NewReply::masked`].
    pub masked: Option<&'a Message>,
    /// The channels so far, with commas between.
    pub tried: &'a str,
    pub window_until: Option<i64>,
}

/// Sends a reply another way instead, from the beginning. `false` when it went meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn reroute(unit: &Unit, id: Uuid, way: &Way<'_>, now: i64) -> Result<bool> {
    let sql = "UPDATE outbox SET address_json = $2, channel = $3, message_json = $4, masked_json = $8, tried = $5, \
               window_until = $6, state = 'queued', attempts = 0, doubtful = FALSE, provider_id = NULL, next_at = $7, updated_at = $7 \
               WHERE id = $1 AND state IN ('queued', 'sending', 'failed')";
    let values = [
        id.into(),
        to_json(way.address).into(),
        way.address.channel.as_str().into(),
        to_json(way.message).into(),
        way.tried.into(),
        way.window_until.into(),
        now.into(),
        way.masked.map(to_json).into(),
    ];
    Ok(run(&**unit, sql, values).await? == 1)
}

/// Writes an address in another spelling, for one more try.
///
/// # Errors
/// When the database fails.
pub async fn respell(unit: &Unit, id: Uuid, address: &Address, now: i64) -> Result<()> {
    let sql = "UPDATE outbox SET address_json = $2, state = 'queued', provider_id = NULL, next_at = $3, updated_at = $3 \
               WHERE id = $1 AND state = 'sending'";
    run(&**unit, sql, [id.into(), to_json(address).into(), now.into()]).await?;
    Ok(())
}

/// The failed reply that a status speaks of, with its person.
///
/// # Errors
/// When the database fails.
pub async fn failed(on: &impl ConnectionTrait, status: &StatusUpdate) -> Result<Option<(Uuid, Pending)>> {
    let sql = "SELECT * FROM outbox WHERE (id = $1 OR provider_id = $2) AND channel = $3 AND state = 'failed' \
               AND (provider_id IS NULL OR $4 OR provider_id = $2) LIMIT 1";
    let ours = status.reference.as_deref().and_then(|text| Uuid::parse_str(text).ok());
    let nameless = status.reference.as_deref() == Some(status.provider_id.as_str());
    let values =
        [ours.into(), status.provider_id.clone().into(), status.channel.as_str().into(), nameless.into()];
    let row = one(on, sql, values).await?;
    row.map(|row| Ok((row.try_get("", "person_id")?, read(&row)?))).transpose()
}
