//! Answers that await a supervisor's approval. Nothing here is ever sent: what is approved becomes a reply of its own in
//! the outbox.

use sea_orm::{ConnectionTrait, QueryResult};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_adapters::Outbound;

use super::{Result, StoreError, TOWN, Unit, all, json, one, run, to_json};

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProposalState {
    Waiting,
    Approved,
    /// With a reason, for its author to write it anew.
    Returned,
    /// Its author thought better of it.
    Withdrawn,
}

impl ProposalState {
    const ALL: [Self; 4] = [Self::Waiting, Self::Approved, Self::Returned, Self::Withdrawn];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn from_column(id: Uuid, name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name).ok_or_else(|| StoreError::Unreadable {
            table: "proposals",
            id: id.to_string(),
            why: format!("'{name}' is no state"),
        })
    }
}

/// An answer that was proposed. Times are Unix milliseconds.
#[derive(Clone, PartialEq, Eq)]
pub struct ProposalRow {
    pub id: Uuid,
    pub handover: Uuid,
    /// Who wrote it.
    pub staff: Uuid,
    pub said_by: String,
    pub outbound: Outbound,
    pub state: ProposalState,
    pub created_at: i64,
    /// Who approved or returned it.
    pub decided_by: Option<Uuid>,
    pub decided_name: Option<String>,
    /// What was sent, where the supervisor changed it.
    pub sent_text: Option<String>,
    /// The reply that it became.
    pub sent_id: Option<Uuid>,
    /// Why it was returned.
    pub reason: Option<String>,
    /// The citizen wrote since.
    pub news: bool,
}

/// What people say is theirs.
impl std::fmt::Debug for ProposalRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProposalRow")
            .field("id", &self.id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// How a proposal ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Decision<'a> {
    pub state: ProposalState,
    pub by: Uuid,
    pub name: &'a str,
    /// What is sent, where it is not what was proposed.
    pub sent_text: Option<&'a str>,
    /// The reply that it becomes.
    pub sent_id: Option<Uuid>,
    pub reason: Option<&'a str>,
}

/// What people say is theirs.
impl std::fmt::Debug for Decision<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decision").field("state", &self.state).field("by", &self.by).finish_non_exhaustive()
    }
}

/// With whether the citizen wrote since.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT p.*, EXISTS (SELECT 1 FROM inbox AS i WHERE i.person_id = h.person_id \
             AND i.received_at > p.created_at) AS news \
             FROM proposals AS p JOIN handovers AS h ON h.id = p.handover_id WHERE ",
            $which
        )
    };
}

/// Adds a proposal.
///
/// # Errors
/// When the database fails.
pub async fn insert(unit: &Unit, row: &ProposalRow) -> Result<()> {
    let sql = "INSERT INTO proposals (id, town_id, handover_id, staff_id, said_by, outbound_json, state, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        row.id.into(),
        TOWN.into(),
        row.handover.into(),
        row.staff.into(),
        row.said_by.as_str().into(),
        to_json(&row.outbound).into(),
        row.state.as_str().into(),
        row.created_at.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// A proposal of a chat.
///
/// # Errors
/// When the database fails.
pub async fn of_chat(on: &impl ConnectionTrait, handover: Uuid, id: Uuid) -> Result<Option<ProposalRow>> {
    let sql = select!("p.handover_id = $1 AND p.id = $2");
    one(on, sql, [handover.into(), id.into()]).await?.as_ref().map(read).transpose()
}

/// The proposal that became this reply.
///
/// # Errors
/// When the database fails.
pub async fn of_reply(on: &impl ConnectionTrait, reply: Uuid) -> Result<Option<ProposalRow>> {
    let sql = select!("p.sent_id = $1");
    one(on, sql, [reply.into()]).await?.as_ref().map(read).transpose()
}

/// The last `limit` proposals in a person's chats, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn last(on: &impl ConnectionTrait, person: Uuid, limit: i64) -> Result<Vec<ProposalRow>> {
    let sql = select!("h.person_id = $1 ORDER BY p.created_at DESC, p.id DESC LIMIT $2");
    all(on, sql, [person.into(), limit.into()]).await?.iter().rev().map(read).collect()
}

/// The oldest proposal of a chat that still waits.
///
/// # Errors
/// When the database fails.
pub async fn waiting(on: &impl ConnectionTrait, handover: Uuid) -> Result<Option<ProposalRow>> {
    let sql = select!("p.handover_id = $1 AND p.state = 'waiting' ORDER BY p.created_at, p.id LIMIT 1");
    one(on, sql, [handover.into()]).await?.as_ref().map(read).transpose()
}

/// Open chats in which some proposal waits.
///
/// # Errors
/// When the database fails.
pub async fn chats_waiting(on: &impl ConnectionTrait) -> Result<i64> {
    let sql = "SELECT COUNT(DISTINCT p.handover_id) AS n FROM proposals AS p JOIN handovers AS h ON h.id = p.handover_id \
               WHERE p.town_id = $1 AND p.state = 'waiting' AND h.closed_at IS NULL";
    one(on, sql, [TOWN.into()]).await?.map_or(Ok(0), |row| Ok(row.try_get("", "n")?))
}

/// Ends a proposal that waits; `false` when somebody decided before.
///
/// # Errors
/// When the database fails.
pub async fn decide(unit: &Unit, id: Uuid, decision: &Decision<'_>, now: i64) -> Result<bool> {
    let sql = "UPDATE proposals SET state = $2, decided_by = $3, decided_name = $4, sent_text = $5, sent_id = $6, \
               reason = $7, decided_at = $8 WHERE id = $1 AND state = 'waiting'";
    let values = [
        id.into(),
        decision.state.as_str().into(),
        decision.by.into(),
        decision.name.into(),
        decision.sent_text.into(),
        decision.sent_id.into(),
        decision.reason.into(),
        now.into(),
    ];
    Ok(run(&**unit, sql, values).await? == 1)
}

/// The reply that it became was taken back before it left: it waits again.
///
/// # Errors
/// When the database fails.
pub async fn reopen(unit: &Unit, id: Uuid) -> Result<()> {
    let sql = "UPDATE proposals SET state = 'waiting', decided_by = NULL, decided_name = NULL, sent_text = NULL, \
               sent_id = NULL, decided_at = NULL WHERE id = $1 AND state = 'approved'";
    run(&**unit, sql, [id.into()]).await?;
    Ok(())
}

fn read(row: &QueryResult) -> Result<ProposalRow> {
    let id: Uuid = row.try_get("", "id")?;
    let (state, outbound): (String, String) = (row.try_get("", "state")?, row.try_get("", "outbound_json")?);
    Ok(ProposalRow {
        id,
        handover: row.try_get("", "handover_id")?,
        staff: row.try_get("", "staff_id")?,
        said_by: row.try_get("", "said_by")?,
        outbound: json("proposals", id, &outbound)?,
        state: ProposalState::from_column(id, &state)?,
        created_at: row.try_get("", "created_at")?,
        decided_by: row.try_get("", "decided_by")?,
        decided_name: row.try_get("", "decided_name")?,
        sent_text: row.try_get("", "sent_text")?,
        sent_id: row.try_get("", "sent_id")?,
        reason: row.try_get("", "reason")?,
        news: row.try_get("", "news")?,
    })
}
