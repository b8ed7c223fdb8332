//! Ending a talk that cannot go on: the citizen is told once, and is neither answered nor queued until it is over. Danger
//! is heard all the same, and ends it.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    ActError, AgentError, By,
    find::{current, free_for},
    hold::log,
    lend::call_back,
    reach::reachable,
    reply::{Says, Telling, tell},
};
use crate::{
    app::App,
    bus::DeskNews,
    conversation::{self, leave_to_bot},
    staff,
    store::{
        self, StoreError,
        blocks::Block,
        chat_log::{Kind, LogLine},
        conversations::Owner,
        handovers::HandoverRow,
    },
};

const DAY: i64 = 24 * 3600 * 1000;
const MOST_DAYS: i64 = 366;
/// Letters of a reason.
const LONGEST_REASON: usize = 500;
/// The flow that says it.
const BLOCKED: &str = "blocked";

/// Somebody who is not answered.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Blocked {
    pub id: Uuid,
    /// The chat that ended with it.
    pub chat: Uuid,
    pub person_name: Option<String>,
    pub reason: String,
    /// Who did it.
    pub by: String,
    /// Unix milliseconds.
    pub at: i64,
    /// Unix milliseconds; `null`: for good.
    pub until: Option<i64>,
}

/// What colleagues write is about people.
impl std::fmt::Debug for Blocked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Blocked").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Ends the chat and blocks the citizen, for so many days or for good. They are told so once, where they can be reached.
///
/// # Errors
/// When no reason is given, they are in danger, somebody else attends the chat, it changed meanwhile, or the database fails.
pub async fn block(
    app: &Arc<App>,
    entry: HandoverRow,
    by: &By,
    reason: &str,
    days: Option<i64>,
) -> Result<HandoverRow, AgentError> {
    free_for(&entry, by)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(ActError::NoBlockReason.into());
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(AgentError::TooLong(LONGEST_REASON));
    }
    if days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
        return Err(ActError::BlockDays.into());
    }
    let (person, now) = (entry.person_id, app.clock.now());
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    call_back(&unit, person, now).await?;
    let conversation = store::conversations::load(&*unit, person).await?;
    if entry.priority == "crisis" || conversation.owner == Owner::Danger {
        return Err(ActError::InDanger.into());
    }
    let entry = match reachable(app, &unit, &conversation, &entry).await {
        Ok(address) => {
            let words = conversation::told(app, &conversation, address, BLOCKED, Vec::new()).await?;
            let says = Says::Words(&words);
            let telling = Telling { says, secrets: &[], private: false, undo: 0, act: "reply" };
            tell(app, &unit, entry, by, &telling).await?.entry
        }
        // Nobody can be told.
        Err(AgentError::Unreachable | AgentError::CallThem(_)) => entry,
        Err(err) => return Err(err),
    };
    log(app, &unit, &entry, by, Kind::Blocked, reason).await?;
    let block = Block {
        id: app.ids.next(),
        person,
        handover: entry.id,
        staff: by.staff,
        said_by: by.name.clone(),
        reason: reason.to_owned(),
        at: now,
        until: days.map(|days| now + days * DAY),
    };
    store::blocks::put(&unit, &block).await?;
    let entry = store::handovers::close(&unit, entry, "blocked", now).await?;
    leave_to_bot(app, person, unit).await?;
    app.bus.outbox.wake(person);
    app.bus.announce_desk(DeskNews::Person(person));
    Ok(entry)
}

/// Who is blocked now, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn blocked(app: &App) -> Result<Vec<Blocked>, StoreError> {
    let standing = store::blocks::list(app.store.read(), app.clock.now()).await?;
    let shown = |(block, person_name): (Block, Option<String>)| Blocked {
        id: block.id,
        chat: block.handover,
        person_name,
        reason: block.reason,
        by: block.said_by,
        at: block.at,
        until: block.until,
    };
    Ok(standing.into_iter().map(shown).collect())
}

/// Answers somebody again. `false` when nobody was kept out by it any more.
///
/// # Errors
/// When the database fails.
pub async fn unblock(app: &App, block: Uuid, by: &By) -> Result<bool, StoreError> {
    let (unit, now) = (app.store.unit().await?, app.clock.now());
    let Some(block) = store::blocks::lift(&unit, block, &by.actor(), now).await? else { return Ok(false) };
    let line = LogLine {
        id: app.ids.next(),
        handover: block.handover,
        person: block.person,
        kind: Kind::Unblocked,
        staff: by.staff,
        said_by: by.name.clone(),
        text: String::new(),
        at: now,
    };
    store::chat_log::write(&unit, &line).await?;
    let subject = format!("chat:{}", block.handover);
    staff::note(app, &unit, &by.actor(), "chat.unblocked", &subject, &serde_json::json!({})).await?;
    unit.commit().await?;
    app.bus.announce_desk(DeskNews::Person(block.person));
    Ok(true)
}
