//! What people ask of the town about their own data: to see it, or to have it erased. A row outlives the person's data, and
//! holds none of it.

use sea_orm::{ConnectionTrait, QueryResult};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_adapters::Channel;

use super::{Result, StoreError, TOWN, Unit, all, one, run};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PrivacyKind)]
pub enum Kind {
    /// To see or correct what is kept.
    Access,
    Erase,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PrivacyState)]
pub enum State {
    Open,
    Done,
    Refused,
}

/// Which requests a list has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PrivacyWhich)]
pub enum Which {
    #[default]
    Open,
    /// Done or refused.
    Over,
    All,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Erase => "erase",
        }
    }
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

/// A request to add.
#[derive(Debug, Clone, Copy)]
pub struct NewRequest<'a> {
    pub id: Uuid,
    pub reference: &'a str,
    pub kind: Kind,
    pub person: Uuid,
    /// Turn and index: what a repeated turn writes again is the same.
    pub key: (i64, i64),
    pub channel: Channel,
    /// The report by whose PIN they proved who they are.
    pub folio: Option<&'a str>,
    /// Unix milliseconds, as are the terms.
    pub at: i64,
    pub answer_by: i64,
    pub carry_out_by: i64,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    pub id: Uuid,
    pub reference: String,
    pub kind: Kind,
    pub person: Uuid,
    /// The report by whose PIN they proved who they are.
    pub folio: Option<String>,
    pub state: State,
    /// Unix milliseconds, as all times here.
    pub asked_at: i64,
    pub answer_by: i64,
    pub carry_out_by: i64,
    pub decided_at: Option<i64>,
    /// As the audit log spells them.
    pub decided_by: Option<String>,
    pub reason: Option<String>,
}

/// Keeps a request. One that is open already, or was made by the same turn, stands; `None`: the reference is taken.
///
/// # Errors
/// When the database fails.
pub async fn insert(unit: &Unit, new: &NewRequest<'_>) -> Result<Option<RequestRow>> {
    let sql = "INSERT INTO privacy_requests (id, town_id, reference, kind, person_id, turn, idx, channel, folio, state, \
               asked_at, answer_by, carry_out_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10, $11, $12) \
               ON CONFLICT DO NOTHING";
    let values = [
        new.id.into(),
        TOWN.into(),
        new.reference.into(),
        new.kind.as_str().into(),
        new.person.into(),
        new.key.0.into(),
        new.key.1.into(),
        new.channel.as_str().into(),
        new.folio.into(),
        new.at.into(),
        new.answer_by.into(),
        new.carry_out_by.into(),
    ];
    run(&**unit, sql, values).await?;
    let sql = "SELECT * FROM privacy_requests WHERE person_id = $1 AND (kind = $4 AND state = 'open' OR turn = $2 AND idx = $3)";
    let key = [new.person.into(), new.key.0.into(), new.key.1.into(), new.kind.as_str().into()];
    one(&**unit, sql, key).await?.as_ref().map(read).transpose()
}

/// The requests: of open ones what is due first comes first, and behind them what was decided last.
///
/// # Errors
/// When the database fails.
pub async fn list(
    on: &impl ConnectionTrait,
    which: Which,
    (limit, offset): (i64, i64),
) -> Result<Vec<RequestRow>> {
    let sql = "SELECT * FROM privacy_requests WHERE town_id = $1 AND (state = 'open' AND $2 OR state <> 'open' AND $3) \
               ORDER BY CASE WHEN state = 'open' THEN 0 ELSE 1 END, \
               CASE WHEN state = 'open' THEN answer_by ELSE -decided_at END, id LIMIT $4 OFFSET $5";
    let (open, over) = (which != Which::Over, which != Which::Open);
    let values = [TOWN.into(), open.into(), over.into(), limit.into(), offset.into()];
    all(on, sql, values).await?.iter().map(read).collect()
}

/// A request by its number.
///
/// # Errors
/// When the database fails.
pub async fn by_reference(on: &impl ConnectionTrait, reference: &str) -> Result<Option<RequestRow>> {
    let sql = "SELECT * FROM privacy_requests WHERE town_id = $1 AND reference = $2";
    one(on, sql, [TOWN.into(), reference.into()]).await?.as_ref().map(read).transpose()
}

/// Ends an open request; `false` where it was ended already.
///
/// # Errors
/// When the database fails.
pub async fn decide(
    unit: &Unit,
    id: Uuid,
    state: State,
    by: &str,
    reason: Option<&str>,
    now: i64,
) -> Result<bool> {
    let sql = "UPDATE privacy_requests SET state = $2, decided_by = $3, reason = $4, decided_at = $5 \
               WHERE id = $1 AND state = 'open'";
    let values = [id.into(), state.as_str().into(), by.into(), reason.into(), now.into()];
    Ok(run(&**unit, sql, values).await? == 1)
}

/// Erasures whose addresses may go: the last word is sent, or waits since before `before` (Unix ms) and will not be.
///
/// # Errors
/// When the database fails.
pub async fn to_forget(on: &impl ConnectionTrait, before: i64) -> Result<Vec<RequestRow>> {
    let sql = "SELECT * FROM privacy_requests AS r WHERE kind = 'erase' AND state = 'done' AND forgotten_at IS NULL \
               AND (decided_at < $1 OR NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.person_id = r.person_id \
               AND o.state IN ('queued', 'sending', 'unsure', 'kept'))) ORDER BY decided_at LIMIT 20";
    all(on, sql, [before.into()]).await?.iter().map(read).collect()
}

/// The addresses are gone.
///
/// # Errors
/// When the database fails.
pub async fn forgotten(unit: &Unit, id: Uuid, now: i64) -> Result<()> {
    let sql = "UPDATE privacy_requests SET forgotten_at = $2 WHERE id = $1";
    run(&**unit, sql, [id.into(), now.into()]).await?;
    Ok(())
}

fn read(row: &QueryResult) -> Result<RequestRow> {
    let id: Uuid = row.try_get("", "id")?;
    Ok(RequestRow {
        kind: named(id, &row.try_get::<String>("", "kind")?)?,
        state: named(id, &row.try_get::<String>("", "state")?)?,
        reference: row.try_get("", "reference")?,
        person: row.try_get("", "person_id")?,
        folio: row.try_get("", "folio")?,
        asked_at: row.try_get("", "asked_at")?,
        answer_by: row.try_get("", "answer_by")?,
        carry_out_by: row.try_get("", "carry_out_by")?,
        decided_at: row.try_get("", "decided_at")?,
        decided_by: row.try_get("", "decided_by")?,
        reason: row.try_get("", "reason")?,
        id,
    })
}

fn named<T: serde::de::DeserializeOwned>(id: Uuid, name: &str) -> Result<T> {
    serde_json::from_value(name.into()).map_err(|err| StoreError::Unreadable {
        table: "privacy_requests",
        id: id.to_string(),
        why: err.to_string(),
    })
}
