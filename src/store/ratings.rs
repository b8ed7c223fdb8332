//! How citizens say that they were attended: a number from 1 to 5, and words of their own. Kept on the chat it is about.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Result, Unit, one, run};

/// What a citizen says of how they were attended.
#[derive(Clone, PartialEq, Eq)]
pub struct Rating {
    /// 1 (bad) to 5 (good).
    pub score: i64,
    pub comment: Option<String>,
}

/// What people say is theirs.
impl std::fmt::Debug for Rating {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rating").field("score", &self.score).finish_non_exhaustive()
    }
}

/// Notes that they are asked, once a chat. Tells whether they were not before.
///
/// # Errors
/// When the database fails.
pub async fn ask(unit: &Unit, chat: Uuid, now: i64) -> Result<bool> {
    let sql = "UPDATE handovers SET rating_asked_at = $2 WHERE id = $1 AND rating_asked_at IS NULL";
    Ok(run(&**unit, sql, [chat.into(), now.into()]).await? > 0)
}

/// Notes the answer on the chat that this person was asked about last, if that was since a moment (Unix ms). A later
/// answer counts; a comment stays until another takes its place. Tells whether there was such a chat.
///
/// # Errors
/// When the database fails.
pub async fn rate(unit: &Unit, person: Uuid, rating: &Rating, since: i64, now: i64) -> Result<bool> {
    let sql = "UPDATE handovers SET rating = $2, rating_comment = COALESCE($3, rating_comment), rated_at = $4 \
               WHERE id = (SELECT id FROM handovers WHERE person_id = $1 AND rating_asked_at >= $5 \
                           ORDER BY rating_asked_at DESC, id DESC LIMIT 1)";
    let values =
        [person.into(), rating.score.into(), rating.comment.as_deref().into(), now.into(), since.into()];
    Ok(run(&**unit, sql, values).await? > 0)
}

/// Notes that somebody spoke of a death or a danger now (Unix ms): see [`quiet_since`].
///
/// # Errors
/// When the database fails.
pub async fn quiet(unit: &Unit, person: Uuid, now: i64) -> Result<()> {
    run(&**unit, "UPDATE conversations SET hard_at = $2 WHERE person_id = $1", [person.into(), now.into()])
        .await?;
    Ok(())
}

/// When somebody last spoke of a death or a danger, Unix ms.
///
/// # Errors
/// When the database fails.
pub async fn quiet_since(on: &impl ConnectionTrait, person: Uuid) -> Result<Option<i64>> {
    let row = one(on, "SELECT hard_at FROM conversations WHERE person_id = $1", [person.into()]).await?;
    Ok(row.map(|row| row.try_get("", "hard_at")).transpose()?.flatten())
}
