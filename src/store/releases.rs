//! Content releases: the files of `intents/ flows/ catalogue/` as they were, by their hash. Never changed.

use sea_orm::ConnectionTrait;
use ventanilla_values::SourceFile;

use super::{Result, TOWN, Unit, json, one, run, to_json};

/// Keeps a release (again and again is harmless) and makes it the active one.
///
/// # Errors
/// When the database fails.
pub async fn activate(unit: &Unit, hash: &str, files: &[SourceFile], now: i64) -> Result<()> {
    let sql = "INSERT INTO releases (town_id, hash, files_json, created_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (town_id, hash) DO NOTHING";
    run(&**unit, sql, [TOWN.into(), hash.into(), to_json(&files).into(), now.into()]).await?;
    let sql = "INSERT INTO active_releases (town_id, hash) VALUES ($1, $2) \
               ON CONFLICT (town_id) DO UPDATE SET hash = excluded.hash";
    run(&**unit, sql, [TOWN.into(), hash.into()]).await?;
    Ok(())
}

/// The files of a release.
///
/// # Errors
/// When the database fails.
pub async fn files(on: &impl ConnectionTrait, hash: &str) -> Result<Option<Vec<SourceFile>>> {
    let sql = "SELECT files_json FROM releases WHERE town_id = $1 AND hash = $2";
    let Some(row) = one(on, sql, [TOWN.into(), hash.into()]).await? else { return Ok(None) };
    let text: String = row.try_get("", "files_json")?;
    json("releases", hash, &text).map(Some)
}

/// The files of the active release.
///
/// # Errors
/// When the database fails.
pub async fn active(on: &impl ConnectionTrait) -> Result<Option<Vec<SourceFile>>> {
    let sql = "SELECT hash FROM active_releases WHERE town_id = $1";
    let Some(row) = one(on, sql, [TOWN.into()]).await? else { return Ok(None) };
    let hash: String = row.try_get("", "hash")?;
    files(on, &hash).await
}

/// Forgets releases that are neither active nor pinned by a talk: an open one, one that is set aside, or one that waits until a
/// chat that was lent comes back.
///
/// # Errors
/// When the database fails.
pub async fn forget_unused(unit: &Unit) -> Result<u64> {
    let sql = "DELETE FROM releases WHERE town_id = $1 \
               AND hash NOT IN (SELECT hash FROM active_releases WHERE town_id = $1) \
               AND hash NOT IN (SELECT release FROM conversations WHERE release IS NOT NULL) \
               AND hash NOT IN (SELECT release FROM lent_chats WHERE release IS NOT NULL) \
               AND NOT EXISTS (SELECT 1 FROM conversations WHERE parked_json LIKE '%\"release\":\"' || releases.hash || '\"%')";
    run(&**unit, sql, [TOWN.into()]).await
}
