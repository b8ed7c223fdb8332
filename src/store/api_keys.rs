//! Keys of other systems that read from this one. Of a key only the hash is here.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, json, one, run, to_json};
use crate::staff::Permission;

/// A key that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    pub id: Uuid,
    /// What it is for, as an admin wrote it.
    pub name: String,
    pub scopes: Vec<Permission>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds; written once a minute at most.
    pub last_used_at: Option<i64>,
    /// Unix milliseconds.
    pub revoked_at: Option<i64>,
}

/// Adds a key, under its hash.
///
/// # Errors
/// When the database fails.
pub async fn insert(unit: &Unit, row: &KeyRow, token_hash: &str) -> Result<()> {
    let sql = "INSERT INTO api_keys (id, town_id, name, token_hash, scopes_json, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        row.id.into(),
        TOWN.into(),
        row.name.as_str().into(),
        token_hash.into(),
        to_json(&row.scopes).into(),
        row.created_at.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// A key that was not revoked, by its hash.
///
/// # Errors
/// When the database fails.
pub async fn by_token(on: &impl ConnectionTrait, token_hash: &str) -> Result<Option<KeyRow>> {
    let sql = "SELECT * FROM api_keys WHERE token_hash = $1 AND revoked_at IS NULL";
    one(on, sql, [token_hash.into()]).await?.as_ref().map(read).transpose()
}

/// All keys, also revoked ones, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(on: &impl ConnectionTrait) -> Result<Vec<KeyRow>> {
    let sql = "SELECT * FROM api_keys WHERE town_id = $1 ORDER BY created_at DESC, id DESC";
    all(on, sql, [TOWN.into()]).await?.iter().map(read).collect()
}

/// Notes that a key was used.
///
/// # Errors
/// When the database fails.
pub async fn used(unit: &Unit, id: Uuid, now: i64) -> Result<()> {
    run(&**unit, "UPDATE api_keys SET last_used_at = $2 WHERE id = $1", [id.into(), now.into()]).await?;
    Ok(())
}

/// Revokes a key; `false` when there is none, or it was revoked before.
///
/// # Errors
/// When the database fails.
pub async fn revoke(unit: &Unit, id: Uuid, now: i64) -> Result<bool> {
    let sql = "UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
    Ok(run(&**unit, sql, [id.into(), now.into()]).await? > 0)
}

fn read(row: &QueryResult) -> Result<KeyRow> {
    let id: Uuid = row.try_get("", "id")?;
    let scopes: String = row.try_get("", "scopes_json")?;
    Ok(KeyRow {
        id,
        name: row.try_get("", "name")?,
        scopes: json("api_keys", id, &scopes)?,
        created_at: row.try_get("", "created_at")?,
        last_used_at: row.try_get("", "last_used_at")?,
        revoked_at: row.try_get("", "revoked_at")?,
    })
}
