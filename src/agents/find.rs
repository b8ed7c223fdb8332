//! Finding an entry of the queue.

use uuid::Uuid;

use super::{AgentError, By};
use crate::{
    app::App,
    store::{self, Unit, handovers::HandoverRow},
};

/// The open entry whose id ends like this: people type the last letters.
///
/// # Errors
/// When none does, or several do.
pub async fn find(app: &App, id: &str) -> Result<HandoverRow, AgentError> {
    let open = store::handovers::list_open(app.store.read()).await?;
    let wanted = id.replace('-', "");
    let mut fitting =
        open.into_iter().filter(|row| row.id.simple().to_string().ends_with(&wanted) && wanted.len() >= 4);
    match (fitting.next(), fitting.next()) {
        (Some(row), None) => Ok(row),
        _ => Err(AgentError::Unknown(id.to_owned())),
    }
}

/// The open entry with this id, as it is now.
///
/// # Errors
/// When there is none, or it was closed.
pub async fn entry(app: &App, id: Uuid) -> Result<HandoverRow, AgentError> {
    let row = store::handovers::by_id(app.store.read(), id).await?;
    let row = row.ok_or_else(|| AgentError::Unknown(id.to_string()))?;
    if row.closed_at.is_some() { Err(AgentError::Closed) } else { Ok(row) }
}

/// The same entry within a unit of work, if it is still what whoever acts has seen: `seen` is the version on their
/// screen.
pub(super) async fn current(unit: &Unit, seen: &HandoverRow) -> Result<HandoverRow, AgentError> {
    let now = store::handovers::by_id(&**unit, seen.id).await?;
    let now = now.ok_or_else(|| AgentError::Unknown(seen.id.to_string()))?;
    if now.closed_at.is_some() {
        return Err(AgentError::Closed);
    }
    if now.version == seen.version { Ok(now) } else { Err(AgentError::Stale) }
}

/// Refuses whom somebody else keeps from acting.
pub(super) fn free_for(entry: &HandoverRow, by: &By) -> Result<(), AgentError> {
    match &entry.agent {
        Some(other) if !holds(entry, by) => Err(AgentError::Taken(other.clone())),
        _ => Ok(()),
    }
}

/// Whether they attend it: by account, or by name where there is none.
pub(super) fn holds(entry: &HandoverRow, by: &By) -> bool {
    match (entry.staff_id, by.staff) {
        (Some(holder), Some(staff)) => holder == staff,
        (None, None) => entry.agent.as_deref() == Some(by.name.as_str()),
        _ => false,
    }
}
