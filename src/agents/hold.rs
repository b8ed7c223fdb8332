//! Who attends a chat: taking it, taking it over, passing it on, and what colleagues note beside it.

use serde_json::json;
use uuid::Uuid;

use super::{
    AgentError, By,
    find::{current, free_for, holds},
    lines::{Line, beside},
    notice::tell_if_reachable,
    sensitive, times, wording,
};
use crate::{
    app::App,
    bus::DeskNews,
    staff,
    store::{
        self, StoreError, Unit,
        chat_log::{Kind, LogLine},
        conversations::Owner,
        handovers::HandoverRow,
    },
};

/// A note is no letter.
const LONGEST_NOTE: usize = 4000;

/// Whom a chat is passed on to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    Colleague(By),
    /// An id of `catalogue/departments.yaml`, and its name.
    Department(String, String),
    /// Everybody's queue.
    Queue,
}

/// Takes a chat: from now on the bot is silent and nobody else can answer. `over`: the reason for taking it from who
/// attends it now.
///
/// # Errors
/// When somebody else attends it and no reason is given, it changed meanwhile, or the database fails.
pub async fn claim(
    app: &App,
    entry: HandoverRow,
    by: &By,
    over: Option<&str>,
) -> Result<HandoverRow, AgentError> {
    if holds(&entry, by) {
        return Ok(entry);
    }
    let reason = over.map(str::trim);
    match (&entry.agent, reason) {
        (Some(other), None) => return Err(AgentError::Taken(other.clone())),
        (Some(other), Some("")) => return Err(AgentError::NoReason(other.clone())),
        _ => {}
    }
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    let kind = if entry.agent.is_some() { Kind::TakenOver } else { Kind::Claimed };
    log(app, &unit, &entry, by, kind, reason.unwrap_or_default()).await?;
    let entry = store::handovers::claim(&unit, entry, by.staff, &by.name).await?;
    store::conversations::give_to(&unit, entry.person_id, Owner::Agent).await?;
    unit.commit().await?;
    app.bus.announce_desk(DeskNews::Person(entry.person_id));
    Ok(entry)
}

/// Passes a chat on, with a note for who gets it; the citizen is told in one message that somebody else answers them, but
/// not that they went back to the queue. To a queue: the bot answers again until somebody takes it.
///
/// # Errors
/// When somebody else attends it, it changed meanwhile, or the database fails.
pub async fn transfer(
    app: &App,
    entry: HandoverRow,
    by: &By,
    to: &To,
    note: &str,
) -> Result<HandoverRow, AgentError> {
    free_for(&entry, by)?;
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    let (whom, note) = (to.name(), note.trim());
    let text = if note.is_empty() { whom.to_owned() } else { format!("{whom}: {note}") };
    log(app, &unit, &entry, by, Kind::Transferred, &text).await?;
    let entry = match to {
        To::Colleague(colleague) => {
            tell_if_reachable(app, &unit, &entry, Owner::Agent, wording::somebody_else).await?;
            store::conversations::give_to(&unit, entry.person_id, Owner::Agent).await?;
            store::handovers::claim(&unit, entry, colleague.staff, &colleague.name).await?
        }
        To::Department(id, _) => {
            tell_of_department(app, &unit, &entry, id).await?;
            back(app, &unit, entry, Some(id)).await?
        }
        To::Queue => back(app, &unit, entry, None).await?,
    };
    unit.commit().await?;
    app.bus.outbox.wake(entry.person_id);
    app.bus.announce_desk(DeskNews::Person(entry.person_id));
    Ok(entry)
}

/// Not where it goes back to the department that it came from.
async fn tell_of_department(app: &App, unit: &Unit, entry: &HandoverRow, id: &str) -> Result<(), AgentError> {
    let department = app.contents.active.catalogue.department(id);
    let Some(department) = department.filter(|_| entry.department.as_deref() != Some(id)) else {
        return Ok(());
    };
    let text = |lang| wording::a_department(lang, department.name.get(lang));
    tell_if_reachable(app, unit, entry, waiting_owner(entry), text).await
}

impl To {
    fn name(&self) -> &str {
        match self {
            Self::Colleague(colleague) => &colleague.name,
            Self::Department(_, name) => name,
            Self::Queue => "",
        }
    }
}

/// Somebody's access ends: every chat of theirs goes back to its queue, within the unit that ends it. Gives the people
/// whose chats these are, to be announced once it is committed.
///
/// # Errors
/// When the database fails.
pub async fn drain(app: &App, unit: &Unit, staff: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let mut people = Vec::new();
    for entry in store::handovers::held_by(&**unit, staff).await? {
        people.push(entry.person_id);
        back_in_its_queue(app, unit, entry).await?;
    }
    Ok(people)
}

/// Nobody attends it any more: it waits where it waited before.
pub(super) async fn back_in_its_queue(
    app: &App,
    unit: &Unit,
    entry: HandoverRow,
) -> Result<HandoverRow, StoreError> {
    let department = entry.department.clone();
    back(app, unit, entry, department.as_deref()).await
}

/// Who talks with somebody that nobody attends.
fn waiting_owner(entry: &HandoverRow) -> Owner {
    if entry.priority == "crisis" { Owner::Danger } else { Owner::Queue }
}

async fn back(
    app: &App,
    unit: &Unit,
    entry: HandoverRow,
    department: Option<&str>,
) -> Result<HandoverRow, StoreError> {
    store::conversations::give_to(unit, entry.person_id, waiting_owner(&entry)).await?;
    let (waiting_since, own) = (entry.waits_again_since(), department.map(str::to_owned));
    let there = HandoverRow { waiting_since, department: own, ..entry.clone() };
    let due = times::due(&app.contents.active.catalogue, &there);
    // Passed on to where nobody may read such it is for everybody there: it must not wait unseen.
    let sensitive = match department {
        Some(department) if entry.sensitive => sensitive::is_for_somebody(&**unit, department).await?,
        _ => false,
    };
    store::handovers::put_back(unit, entry, department, due, sensitive).await
}

/// Who answers, or promises to call, attends.
pub(super) async fn take_in(
    app: &App,
    unit: &Unit,
    entry: HandoverRow,
    by: &By,
) -> Result<HandoverRow, StoreError> {
    let kind = if entry.agent.is_some() { Kind::TakenOver } else { Kind::Claimed };
    log(app, unit, &entry, by, kind, "").await?;
    store::handovers::claim(unit, entry, by.staff, &by.name).await
}

/// Writes a note that only colleagues see. Everybody who sees the chat may.
///
/// # Errors
/// When it is empty or too long, or the database fails.
pub async fn note(app: &App, entry: &HandoverRow, by: &By, text: &str) -> Result<Line, AgentError> {
    written(app, entry, by, Kind::Note, text).await
}

/// Writes what somebody said to colleagues, and tells them.
pub(super) async fn written(
    app: &App,
    entry: &HandoverRow,
    by: &By,
    kind: Kind,
    text: &str,
) -> Result<Line, AgentError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AgentError::Nothing);
    }
    if text.chars().count() > LONGEST_NOTE {
        return Err(AgentError::TooLong(LONGEST_NOTE));
    }
    let unit = app.store.unit().await?;
    let line = log(app, &unit, entry, by, kind, text).await?;
    unit.commit().await?;
    app.bus.announce_desk(DeskNews::Person(entry.person_id));
    Ok(beside(&line))
}

/// Writes a line beside the talk, and the act into the audit log.
pub(super) async fn log(
    app: &App,
    unit: &Unit,
    entry: &HandoverRow,
    by: &By,
    kind: Kind,
    text: &str,
) -> Result<LogLine, StoreError> {
    let line = LogLine {
        id: app.ids.next(),
        handover: entry.id,
        person: entry.person_id,
        kind,
        staff: by.staff,
        said_by: by.name.clone(),
        text: text.to_owned(),
        at: app.clock.now(),
    };
    store::chat_log::write(unit, &line).await?;
    audit(app, unit, entry, by, kind.as_str()).await?;
    Ok(line)
}

/// Writes an act into the audit log: who and which chat, and nothing of what was said.
pub(super) async fn audit(
    app: &App,
    unit: &Unit,
    entry: &HandoverRow,
    by: &By,
    what: &str,
) -> Result<(), StoreError> {
    let (action, subject) = (format!("chat.{what}"), format!("chat:{}", entry.id));
    staff::note(app, unit, &by.actor(), &action, &subject, &json!({})).await
}
