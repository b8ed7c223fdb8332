//! Quarantine: the bytes of what could not be read, sealed, kept for a short time until somebody looked at them.

use sea_orm::ConnectionTrait;
use uuid::Uuid;
use ventanilla_adapters::Channel;

use super::{Result, TOWN, Unit, all, one, run};
use crate::keyring::Sealed;

/// Stores sealed bytes. `quarantine` says why a person must look at them.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    unit: &Unit,
    id: Uuid,
    channel: Channel,
    quarantine: &str,
    sealed: Sealed,
    now: i64,
) -> Result<()> {
    let sql = "INSERT INTO raw_webhooks (id, town_id, channel, quarantine, key_id, sealed, received_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        id.into(),
        TOWN.into(),
        channel.as_str().into(),
        quarantine.into(),
        sealed.key_id.into(),
        sealed.bytes.into(),
        now.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// The sealed bytes of one of them.
///
/// # Errors
/// When the database fails.
pub async fn by_id(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Sealed>> {
    let row = one(on, "SELECT key_id, sealed FROM raw_webhooks WHERE id = $1", [id.into()]).await?;
    row.map(|row| Ok(Sealed { key_id: row.try_get("", "key_id")?, bytes: row.try_get("", "sealed")? }))
        .transpose()
}

/// Ids and reasons of what is in quarantine, newest first.
///
/// # Errors
/// When the database fails.
pub async fn quarantined(on: &impl ConnectionTrait) -> Result<Vec<(Uuid, String)>> {
    let sql = "SELECT id, quarantine FROM raw_webhooks ORDER BY id DESC LIMIT 200";
    let rows = all(on, sql, []).await?;
    rows.iter().map(|row| Ok((row.try_get("", "id")?, row.try_get("", "quarantine")?))).collect()
}

/// Forgets what is older than `before`.
///
/// # Errors
/// When the database fails.
pub async fn forget(unit: &Unit, before: i64) -> Result<u64> {
    run(&**unit, "DELETE FROM raw_webhooks WHERE received_at < $1", [before.into()]).await
}
