//! People who are not answered: until a day, or until somebody lifts it.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, one, run};

#[derive(Clone, PartialEq, Eq)]
pub struct Block {
    pub id: Uuid,
    pub person: Uuid,
    /// The chat that ended with it.
    pub handover: Uuid,
    pub staff: Option<Uuid>,
    pub said_by: String,
    pub reason: String,
    /// Unix milliseconds.
    pub at: i64,
    /// Unix milliseconds; `None`: until it is lifted.
    pub until: Option<i64>,
}

/// What colleagues write is about people.
impl std::fmt::Debug for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Block").field("id", &self.id).field("until", &self.until).finish_non_exhaustive()
    }
}

/// Writes a block down.
///
/// # Errors
/// When the database fails.
pub async fn put(unit: &Unit, block: &Block) -> Result<()> {
    let sql = "INSERT INTO blocks (id, town_id, person_id, handover_id, staff_id, said_by, reason, created_at, until_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = [
        block.id.into(),
        TOWN.into(),
        block.person.into(),
        block.handover.into(),
        block.staff.into(),
        block.said_by.as_str().into(),
        block.reason.as_str().into(),
        block.at.into(),
        block.until.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// The block that keeps somebody out at `now` (Unix ms).
///
/// # Errors
/// When the database fails.
pub async fn standing(on: &impl ConnectionTrait, person: Uuid, now: i64) -> Result<Option<Block>> {
    let sql = "SELECT * FROM blocks WHERE person_id = $1 AND lifted_at IS NULL AND (until_at IS NULL OR until_at > $2) \
               ORDER BY created_at DESC LIMIT 1";
    one(on, sql, [person.into(), now.into()]).await?.as_ref().map(read).transpose()
}

/// Those that stand at `now`, with the person's name, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(on: &impl ConnectionTrait, now: i64) -> Result<Vec<(Block, Option<String>)>> {
    let sql = "SELECT b.*, p.name AS person_name FROM blocks AS b JOIN persons AS p ON p.id = b.person_id \
               WHERE b.town_id = $1 AND b.lifted_at IS NULL AND (b.until_at IS NULL OR b.until_at > $2) \
               ORDER BY b.created_at DESC, b.id";
    let rows = all(on, sql, [TOWN.into(), now.into()]).await?;
    rows.iter().map(|row| Ok((read(row)?, row.try_get("", "person_name")?))).collect()
}

/// Lifts every block of the person whom one keeps out; gives that one, `None` when it does not stand any more.
///
/// # Errors
/// When the database fails.
pub async fn lift(unit: &Unit, id: Uuid, by: &str, now: i64) -> Result<Option<Block>> {
    let sql =
        "SELECT * FROM blocks WHERE id = $1 AND lifted_at IS NULL AND (until_at IS NULL OR until_at > $2)";
    let row = one(&**unit, sql, [id.into(), now.into()]).await?;
    let Some(block) = row.as_ref().map(read).transpose()? else { return Ok(None) };
    let lifted =
        "UPDATE blocks SET lifted_at = $2, lifted_by = $3 WHERE person_id = $1 AND lifted_at IS NULL";
    run(&**unit, lifted, [block.person.into(), now.into(), by.into()]).await?;
    Ok(Some(block))
}

fn read(row: &QueryResult) -> Result<Block> {
    Ok(Block {
        id: row.try_get("", "id")?,
        person: row.try_get("", "person_id")?,
        handover: row.try_get("", "handover_id")?,
        staff: row.try_get("", "staff_id")?,
        said_by: row.try_get("", "said_by")?,
        reason: row.try_get("", "reason")?,
        at: row.try_get("", "created_at")?,
        until: row.try_get("", "until_at")?,
    })
}
