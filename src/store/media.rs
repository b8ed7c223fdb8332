//! Files that people sent: what is known of them. The bytes are in the media folder (`src/media.rs`).

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, json, one, run};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFile {
    pub id: Uuid,
    pub person: Uuid,
    pub mime: String,
    pub bytes: i64,
    pub sha256: String,
}

/// Notes a file. Doing it twice is harmless.
///
/// # Errors
/// When the database fails.
pub async fn insert(unit: &Unit, file: &MediaFile, now: i64) -> Result<()> {
    let sql = "INSERT INTO media (id, town_id, person_id, mime, bytes, sha256, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING";
    let values = [
        file.id.into(),
        TOWN.into(),
        file.person.into(),
        file.mime.clone().into(),
        file.bytes.into(),
        file.sha256.clone().into(),
        now.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// Notes which message brought a file.
///
/// # Errors
/// When the database fails.
pub async fn came_with(unit: &Unit, id: Uuid, message: Uuid) -> Result<()> {
    run(&**unit, "UPDATE media SET inbox_id = $2 WHERE id = $1", [id.into(), message.into()]).await?;
    Ok(())
}

/// What is known of a file.
///
/// # Errors
/// When the database fails.
pub async fn by_id(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<MediaFile>> {
    let row = one(on, "SELECT person_id, mime, bytes, sha256 FROM media WHERE id = $1", [id.into()]).await?;
    row.map(|row| {
        Ok(MediaFile {
            id,
            person: row.try_get("", "person_id")?,
            mime: row.try_get("", "mime")?,
            bytes: row.try_get("", "bytes")?,
            sha256: row.try_get("", "sha256")?,
        })
    })
    .transpose()
}

/// Whether a message that is in a person's web mailbox brings this file.
///
/// # Errors
/// When the database fails.
pub async fn was_given(on: &impl ConnectionTrait, id: Uuid, person: Uuid) -> Result<bool> {
    let sql = "SELECT id, message_json FROM outbox WHERE person_id = $1 AND channel = 'webchat' \
               AND state NOT IN ('queued', 'failed', 'kept') AND message_json LIKE $2";
    for row in all(on, sql, [person.into(), format!("%{id}%").into()]).await? {
        let reply: Uuid = row.try_get("", "id")?;
        let message: String = row.try_get("", "message_json")?;
        if brings(&json("outbox", reply, &message)?, id) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The id has to be the attachment itself: one that stands in a text opens nothing.
fn brings(message: &serde_json::Value, id: Uuid) -> bool {
    let source = &message["attachment"]["source"];
    source["at"] == "file" && source["value"].as_str().and_then(|value| value.parse().ok()) == Some(id)
}
