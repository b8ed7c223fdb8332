//! Messages of people, from the moment they are safe until their turn is done.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;
use ventanilla_adapters::{Body, Inbound};

use super::{
    Result, TOWN, Unit, all, json, one, run, to_json,
    transcripts::{self, Transcript},
};
use crate::keyring::Sealed;

/// A message that waits for its turn.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub id: Uuid,
    pub inbound: Inbound,
    /// The request that brought it: the same word in every log line of its path.
    pub trace: String,
    pub attempts: i64,
    pub received_at: i64,
    /// What came of it, where it is a voice note that was settled. Not read with the message.
    pub note: Option<Transcript>,
}

/// Stores a message unless it is here already. `false` when it is. `raw` are the bytes that brought it; where a
/// request brought several messages they are with its first (the rows have the same trace).
///
/// # Errors
/// When the database fails.
pub async fn insert(
    on: &impl ConnectionTrait,
    id: Uuid,
    person: Uuid,
    inbound: &Inbound,
    raw: Option<Sealed>,
    trace: &str,
    now: i64,
) -> Result<bool> {
    let (key_id, sealed) = raw.map(|raw| (raw.key_id, raw.bytes)).unzip();
    let sql = "INSERT INTO inbox (id, town_id, person_id, channel, account, provider_id, inbound_json, \
               raw_key_id, raw_sealed, trace, state, attempts, received_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'new', 0, $11) \
               ON CONFLICT (town_id, channel, account, provider_id) DO NOTHING";
    let values = [
        id.into(),
        TOWN.into(),
        person.into(),
        inbound.channel.as_str().into(),
        inbound.account.clone().into(),
        inbound.id.clone().into(),
        to_json(inbound).into(),
        key_id.into(),
        sealed.into(),
        trace.into(),
        now.into(),
    ];
    Ok(run(on, sql, values).await? == 1)
}

/// Whether this message is here already.
///
/// # Errors
/// When the database fails.
pub async fn exists(on: &impl ConnectionTrait, inbound: &Inbound) -> Result<bool> {
    let sql = "SELECT 1 AS here FROM inbox WHERE town_id = $1 AND channel = $2 AND account = $3 AND provider_id = $4";
    let values = [
        TOWN.into(),
        inbound.channel.as_str().into(),
        inbound.account.clone().into(),
        inbound.id.clone().into(),
    ];
    Ok(one(on, sql, values).await?.is_some())
}

/// Messages read at a time.
pub const BATCH: usize = 50;

/// The messages of a person that wait, oldest first, at most [`BATCH`].
///
/// # Errors
/// When the database fails.
pub async fn waiting(on: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Waiting>> {
    let sql = "SELECT id, inbound_json, trace, attempts, received_at FROM inbox \
               WHERE person_id = $1 AND state = 'new' ORDER BY id LIMIT 50";
    all(on, sql, [person.into()]).await?.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<Waiting> {
    let id: Uuid = row.try_get("", "id")?;
    let text: String = row.try_get("", "inbound_json")?;
    Ok(Waiting {
        id,
        inbound: json("inbox", id, &text)?,
        trace: row.try_get("", "trace")?,
        attempts: row.try_get("", "attempts")?,
        received_at: row.try_get("", "received_at")?,
        note: None,
    })
}

/// People with a message that waits, received before `before`.
///
/// # Errors
/// When the database fails.
pub async fn people_waiting(on: &impl ConnectionTrait, before: i64) -> Result<Vec<Uuid>> {
    let sql = "SELECT DISTINCT person_id FROM inbox WHERE state = 'new' AND received_at < $1 LIMIT 10000";
    all(on, sql, [before.into()]).await?.iter().map(|row| Ok(row.try_get("", "person_id")?)).collect()
}

/// Forgets the bytes of requests before `before`.
///
/// # Errors
/// When the database fails.
pub async fn forget_raw(unit: &Unit, before: i64) -> Result<u64> {
    let sql = "UPDATE inbox SET raw_key_id = NULL, raw_sealed = NULL WHERE raw_sealed IS NOT NULL AND received_at < $1";
    run(&**unit, sql, [before.into()]).await
}

/// The sealed bytes that brought a message.
///
/// # Errors
/// When the database fails.
pub async fn raw_of(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Sealed>> {
    let sql = "SELECT raw_key_id, raw_sealed FROM inbox WHERE id = $1 AND raw_sealed IS NOT NULL";
    let row = one(on, sql, [id.into()]).await?;
    row.map(|row| {
        Ok(Sealed { key_id: row.try_get("", "raw_key_id")?, bytes: row.try_get("", "raw_sealed")? })
    })
    .transpose()
}

/// Marks a message as dealt with in a turn.
///
/// # Errors
/// When the database fails.
pub async fn done(unit: &Unit, id: Uuid, turn: i64) -> Result<()> {
    run(&**unit, "UPDATE inbox SET state = 'done', turn = $2 WHERE id = $1", [id.into(), turn.into()])
        .await?;
    Ok(())
}

/// Counts a turn that failed on this message.
///
/// # Errors
/// When the database fails.
pub async fn count_attempt(unit: &Unit, id: Uuid) -> Result<()> {
    run(&**unit, "UPDATE inbox SET attempts = attempts + 1 WHERE id = $1", [id.into()]).await?;
    Ok(())
}

/// The person changed a message (WhatsApp numbers that a phone's app uses too): the record follows.
///
/// # Errors
/// When the database fails.
pub async fn edit(unit: &Unit, by: &Inbound, target: &str, text: Option<&str>) -> Result<()> {
    let Some(text) = text else { return Ok(()) };
    let body = Body::Text { text: text.to_owned() };
    rewrite(unit, by, target, body).await?;
    Ok(())
}

/// The person took a message back: what it said is gone, and so are the bytes that brought it.
///
/// # Errors
/// When the database fails.
pub async fn redact(unit: &Unit, by: &Inbound, target: &str) -> Result<()> {
    let gone = rewrite(unit, by, target, Body::Unsupported { kind: "revoke".to_owned() }).await?;
    match gone {
        Some(message) => transcripts::redact(unit, message).await,
        None => Ok(()),
    }
}

/// Gives an older message of the same sender another body, and its row's id where there is one.
async fn rewrite(unit: &Unit, by: &Inbound, target: &str, body: Body) -> Result<Option<Uuid>> {
    let find = "SELECT id, inbound_json FROM inbox WHERE town_id = $1 AND channel = $2 AND account = $3 AND provider_id = $4";
    let key = [TOWN.into(), by.channel.as_str().into(), by.account.clone().into(), target.into()];
    let Some(row) = one(&**unit, find, key).await? else { return Ok(None) };
    let id: Uuid = row.try_get("", "id")?;
    let text: String = row.try_get("", "inbound_json")?;
    let old: Inbound = json("inbox", id, &text)?;
    // Ids are guessable in theory: nobody changes what somebody else said.
    if old.from.address.key != by.from.address.key {
        return Ok(None);
    }
    let sql = "UPDATE inbox SET inbound_json = $2, raw_key_id = NULL, raw_sealed = NULL WHERE id = $1";
    run(&**unit, sql, [id.into(), to_json(&Inbound { body, ..old }).into()]).await?;
    Ok(Some(id))
}
