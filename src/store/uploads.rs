//! Files that colleagues uploaded for a chat. What a file is stands in `media`, as for every other.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, one, run};

/// A file that somebody may send once, in one chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its id in the media store.
    pub media: Uuid,
    pub handover: Uuid,
    /// Who uploaded it: nobody else sends it.
    pub staff: Uuid,
    /// What it is called.
    pub name: String,
}

/// Notes an upload.
///
/// # Errors
/// When the database fails.
pub async fn insert(unit: &Unit, upload: &Upload, now: i64) -> Result<()> {
    let sql = "INSERT INTO desk_uploads (media_id, town_id, handover_id, staff_id, name, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        upload.media.into(),
        TOWN.into(),
        upload.handover.into(),
        upload.staff.into(),
        upload.name.as_str().into(),
        now.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// The upload with this file, while no reply takes it along.
///
/// # Errors
/// When the database fails.
pub async fn unsent(on: &impl ConnectionTrait, media: Uuid) -> Result<Option<Upload>> {
    let sql =
        "SELECT handover_id, staff_id, name FROM desk_uploads WHERE media_id = $1 AND outbox_id IS NULL";
    let row = one(on, sql, [media.into()]).await?;
    row.map(|row| {
        Ok(Upload {
            media,
            handover: row.try_get("", "handover_id")?,
            staff: row.try_get("", "staff_id")?,
            name: row.try_get("", "name")?,
        })
    })
    .transpose()
}

/// A reply takes the file along; `false` when another does already.
///
/// # Errors
/// When the database fails.
pub async fn send(unit: &Unit, media: Uuid, reply: Uuid) -> Result<bool> {
    let sql = "UPDATE desk_uploads SET outbox_id = $2 WHERE media_id = $1 AND outbox_id IS NULL";
    Ok(run(&**unit, sql, [media.into(), reply.into()]).await? == 1)
}

/// The reply was taken back: its file may be sent again.
///
/// # Errors
/// When the database fails.
pub async fn give_back(unit: &Unit, reply: Uuid) -> Result<()> {
    run(&**unit, "UPDATE desk_uploads SET outbox_id = NULL WHERE outbox_id = $1", [reply.into()]).await?;
    Ok(())
}

/// Forgets the uploads that nobody sent since before `before` (Unix ms). Gives their files, to be removed.
///
/// # Errors
/// When the database fails.
pub async fn forget_unsent(unit: &Unit, before: i64) -> Result<Vec<Uuid>> {
    let sql = "DELETE FROM desk_uploads WHERE outbox_id IS NULL AND created_at < $1 RETURNING media_id";
    let rows = all(&**unit, sql, [before.into()]).await?;
    let files = rows.iter().map(|row| Ok(row.try_get("", "media_id")?)).collect::<Result<Vec<Uuid>>>()?;
    for file in &files {
        run(&**unit, "DELETE FROM media WHERE id = $1", [(*file).into()]).await?;
    }
    Ok(files)
}
