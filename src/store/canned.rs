//! Canned replies: what colleagues answer again and again, found by a shortcut.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, one, run};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannedReply {
    pub id: Uuid,
    /// What is typed behind the slash; once a language.
    pub shortcut: String,
    pub language: String,
    pub title: String,
    /// With `{{nombre}}`, `{{agente}}`, `{{folio}}` where they stand.
    pub text: String,
}

/// All of them, by shortcut.
///
/// # Errors
/// When the database fails.
pub async fn list(on: &impl ConnectionTrait) -> Result<Vec<CannedReply>> {
    let sql = "SELECT * FROM canned_replies WHERE town_id = $1 ORDER BY shortcut, language";
    all(on, sql, [TOWN.into()]).await?.iter().map(read).collect()
}

/// One of them.
///
/// # Errors
/// When the database fails.
pub async fn by_id(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<CannedReply>> {
    let sql = "SELECT * FROM canned_replies WHERE town_id = $1 AND id = $2";
    one(on, sql, [TOWN.into(), id.into()]).await?.as_ref().map(read).transpose()
}

/// Writes a reply, new or changed.
///
/// # Errors
/// When the database fails, or another reply has the shortcut in this language ([`super::StoreError::is_duplicate`]).
pub async fn put(unit: &Unit, reply: &CannedReply, now: i64) -> Result<()> {
    let sql = "INSERT INTO canned_replies (id, town_id, shortcut, language, title, text, updated_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) \
               ON CONFLICT (id) DO UPDATE SET shortcut = excluded.shortcut, language = excluded.language, \
               title = excluded.title, text = excluded.text, updated_at = excluded.updated_at";
    let values = [
        reply.id.into(),
        TOWN.into(),
        reply.shortcut.as_str().into(),
        reply.language.as_str().into(),
        reply.title.as_str().into(),
        reply.text.as_str().into(),
        now.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// Takes a reply away; `false` when there is none.
///
/// # Errors
/// When the database fails.
pub async fn remove(unit: &Unit, id: Uuid) -> Result<bool> {
    let sql = "DELETE FROM canned_replies WHERE town_id = $1 AND id = $2";
    Ok(run(&**unit, sql, [TOWN.into(), id.into()]).await? == 1)
}

fn read(row: &QueryResult) -> Result<CannedReply> {
    Ok(CannedReply {
        id: row.try_get("", "id")?,
        shortcut: row.try_get("", "shortcut")?,
        language: row.try_get("", "language")?,
        title: row.try_get("", "title")?,
        text: row.try_get("", "text")?,
    })
}
