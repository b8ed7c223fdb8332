//! Chats that the bot has for one flow, and that are a colleague's again when it is over. The talk that stood open waits
//! here meanwhile.

use sea_orm::ConnectionTrait;
use uuid::Uuid;
use ventanilla_flows::Session;

use super::{Result, TOWN, Unit, json, one, run, to_json};

/// A chat that is lent to the bot.
#[derive(Debug, Clone, PartialEq)]
pub struct Lent {
    pub person: Uuid,
    pub handover: Uuid,
    /// The flow that was started.
    pub flow: String,
    /// The talk as it stood, and the release that it began with.
    pub session: Session,
    pub release: Option<String>,
}

/// Lends a chat. One that is lent already stays lent for the newer flow, with the talk that stood open first.
///
/// # Errors
/// When the database fails.
pub async fn lend(unit: &Unit, lent: &Lent, now: i64) -> Result<()> {
    let sql = "INSERT INTO lent_chats (person_id, town_id, handover_id, flow, session_json, release, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) \
               ON CONFLICT (person_id) DO UPDATE SET flow = excluded.flow, created_at = excluded.created_at";
    let values = [
        lent.person.into(),
        TOWN.into(),
        lent.handover.into(),
        lent.flow.as_str().into(),
        to_json(&lent.session).into(),
        lent.release.as_deref().into(),
        now.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// The chat of a person that is lent.
///
/// # Errors
/// When the database fails, or holds what this version cannot read.
pub async fn of_person(on: &impl ConnectionTrait, person: Uuid) -> Result<Option<Lent>> {
    let sql = "SELECT handover_id, flow, session_json, release FROM lent_chats WHERE person_id = $1";
    let Some(row) = one(on, sql, [person.into()]).await? else { return Ok(None) };
    let session: String = row.try_get("", "session_json")?;
    Ok(Some(Lent {
        person,
        handover: row.try_get("", "handover_id")?,
        flow: row.try_get("", "flow")?,
        session: json("lent_chats", person, &session)?,
        release: row.try_get("", "release")?,
    }))
}

/// It is lent no more.
///
/// # Errors
/// When the database fails.
pub async fn end(unit: &Unit, person: Uuid) -> Result<()> {
    run(&**unit, "DELETE FROM lent_chats WHERE person_id = $1", [person.into()]).await?;
    Ok(())
}
