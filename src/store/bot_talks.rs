//! Talks that the bot leads now, for who supervises them. Nobody of the town attends them, so they have no entry in the
//! queue: a talk is known by its person.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{
    Result, TOWN, all,
    conversations::{self, Conversation},
    one,
};

/// A talk of the bot.
#[derive(Clone, PartialEq)]
pub struct TalkRow {
    pub conversation: Conversation,
    /// As the channel tells it, where it does.
    pub name: Option<String>,
}

/// Names stay out of logs.
impl std::fmt::Debug for TalkRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TalkRow").field("person", &self.conversation.person).finish_non_exhaustive()
    }
}

/// Talks that the bot leads in which something was said since a moment (Unix ms): where a danger was asked about first,
/// then where it did not understand, then the newest.
///
/// # Errors
/// When the database fails.
pub async fn page(on: &impl ConnectionTrait, since: i64, limit: i64, offset: i64) -> Result<Vec<TalkRow>> {
    let sql = "SELECT c.*, p.name AS person_name FROM conversations AS c JOIN persons AS p ON p.id = c.person_id \
               WHERE c.town_id = $1 AND c.owner = 'bot' AND c.heard_at >= $2 AND p.merged_into IS NULL \
               AND NOT EXISTS (SELECT 1 FROM handovers AS h WHERE h.person_id = c.person_id AND h.closed_at IS NULL) \
               ORDER BY CASE WHEN c.danger_asked THEN 0 WHEN c.missed > 0 THEN 1 ELSE 2 END, c.heard_at DESC, \
               c.person_id LIMIT $3 OFFSET $4";
    let rows = all(on, sql, [TOWN.into(), since.into(), limit.into(), offset.into()]).await?;
    rows.iter().map(read).collect()
}

/// How many those are.
///
/// # Errors
/// When the database fails.
pub async fn count(on: &impl ConnectionTrait, since: i64) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM conversations AS c JOIN persons AS p ON p.id = c.person_id \
               WHERE c.town_id = $1 AND c.owner = 'bot' AND c.heard_at >= $2 AND p.merged_into IS NULL \
               AND NOT EXISTS (SELECT 1 FROM handovers AS h WHERE h.person_id = c.person_id AND h.closed_at IS NULL)";
    one(on, sql, [TOWN.into(), since.into()]).await?.map_or(Ok(0), |row| Ok(row.try_get("", "n")?))
}

/// The talk of a person, whoever leads it; `None` for who never wrote.
///
/// # Errors
/// When the database fails.
pub async fn of(on: &impl ConnectionTrait, person: Uuid) -> Result<Option<TalkRow>> {
    let sql = "SELECT c.*, p.name AS person_name FROM conversations AS c JOIN persons AS p ON p.id = c.person_id \
               WHERE c.town_id = $1 AND c.person_id = $2";
    one(on, sql, [TOWN.into(), person.into()]).await?.as_ref().map(read).transpose()
}

fn read(row: &QueryResult) -> Result<TalkRow> {
    let person = row.try_get("", "person_id")?;
    Ok(TalkRow { conversation: conversations::read(person, row)?, name: row.try_get("", "person_name")? })
}
