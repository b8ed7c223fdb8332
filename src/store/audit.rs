//! The audit log: who looked at what, and who changed what. Each row holds the hash of the row before it, so a row that
//! is changed, taken out or put in later breaks the chain. It names people and things by id and holds nothing that a
//! citizen said.

use sea_orm::{ConnectionTrait, QueryResult};
use sha2::{Digest, Sha256};

use super::{Result, TOWN, Unit, all, one, run};

/// Something that somebody did.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// Who: `staff:<id>`, `key:<id>`, `cli:<user of the machine>` or `nobody` (a log-in that failed).
    pub actor: &'a str,
    /// What, as the audit page groups it: `chat.view`, `staff.roles`, `session.open`.
    pub action: &'a str,
    /// To what: `chat:<id>`, `staff:<id>`; empty where the action says it all.
    pub subject: &'a str,
    /// More, without anything that a citizen said: ids, counts, names of fields.
    pub detail: &'a serde_json::Value,
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    /// Counts from 1 without a gap.
    pub seq: i64,
    /// Unix milliseconds.
    pub at: i64,
    pub actor: String,
    pub action: String,
    pub subject: String,
    /// JSON, as it was hashed.
    pub detail: String,
    /// Of the row before, in hex; of the first row, 64 zeros.
    pub prev: String,
    /// In hex.
    pub hash: String,
}

impl AuditRow {
    /// What `hash` must be: SHA-256 over every other field, each with its length before it.
    pub fn reckoned(&self) -> String {
        let mut digest = Sha256::new();
        let (seq, at) = (self.seq.to_string(), self.at.to_string());
        for field in [&self.prev, &seq, &at, &self.actor, &self.action, &self.subject, &self.detail] {
            digest.update((field.len() as u64).to_be_bytes());
            digest.update(field.as_bytes());
        }
        hex::encode(digest.finalize())
    }
}

/// The hash before the first row.
pub fn beginning() -> String {
    "0".repeat(64)
}

/// Writes what somebody did, in the unit that does it.
///
/// # Errors
/// When the database fails.
pub async fn append(unit: &Unit, act: &Act<'_>, now: i64) -> Result<AuditRow> {
    let last = last(&**unit).await?;
    let (seq, prev) = last.map_or_else(|| (1, beginning()), |row| (row.seq + 1, row.hash));
    let mut row = AuditRow {
        seq,
        at: now,
        actor: act.actor.to_owned(),
        action: act.action.to_owned(),
        subject: act.subject.to_owned(),
        detail: act.detail.to_string(),
        prev,
        hash: String::new(),
    };
    row.hash = row.reckoned();
    let sql = "INSERT INTO audit (town_id, seq, at, actor, action, subject, detail_json, prev, hash) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = [
        TOWN.into(),
        row.seq.into(),
        row.at.into(),
        row.actor.as_str().into(),
        row.action.as_str().into(),
        row.subject.as_str().into(),
        row.detail.as_str().into(),
        row.prev.as_str().into(),
        row.hash.as_str().into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(row)
}

/// The newest row.
///
/// # Errors
/// When the database fails.
pub async fn last(on: &impl ConnectionTrait) -> Result<Option<AuditRow>> {
    let sql = "SELECT * FROM audit WHERE town_id = $1 ORDER BY seq DESC LIMIT 1";
    one(on, sql, [TOWN.into()]).await?.as_ref().map(read).transpose()
}

/// Rows after `seq`, oldest first, at most `limit`: what a check of the chain walks.
///
/// # Errors
/// When the database fails.
pub async fn after(on: &impl ConnectionTrait, seq: i64, limit: i64) -> Result<Vec<AuditRow>> {
    let sql = "SELECT * FROM audit WHERE town_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    all(on, sql, [TOWN.into(), seq.into(), limit.into()]).await?.iter().map(read).collect()
}

/// What a page of the log shows. Empty texts ask for nothing.
#[derive(Debug, Clone, Copy)]
pub struct Filter<'a> {
    /// Only rows before this one.
    pub before: i64,
    /// The whole actor: `staff:<id>`.
    pub actor: &'a str,
    /// An action, or its group: `session` finds `session.open`.
    pub action: &'a str,
    pub limit: i64,
}

/// The rows that a filter lets through, newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(on: &impl ConnectionTrait, filter: &Filter<'_>) -> Result<Vec<AuditRow>> {
    let sql = "SELECT * FROM audit WHERE town_id = $1 AND seq < $2 AND ($3 = '' OR actor = $3) \
               AND ($4 = '' OR action = $4 OR action LIKE $4 || '.%') ORDER BY seq DESC LIMIT $5";
    let values =
        [TOWN.into(), filter.before.into(), filter.actor.into(), filter.action.into(), filter.limit.into()];
    all(on, sql, values).await?.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<AuditRow> {
    Ok(AuditRow {
        seq: row.try_get("", "seq")?,
        at: row.try_get("", "at")?,
        actor: row.try_get("", "actor")?,
        action: row.try_get("", "action")?,
        subject: row.try_get("", "subject")?,
        detail: row.try_get("", "detail_json")?,
        prev: row.try_get("", "prev")?,
        hash: row.try_get("", "hash")?,
    })
}
