//! Answers that a supervisor reads before they go: of who learns, and of everybody on chosen matters. A proposal is no
//! reply: it stands in a table that nothing sends from, and becomes a reply when it is approved.

use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_adapters::Outbound;

use super::{
    AgentError, By,
    files::sent,
    find::{current, free_for, holds},
    hold::{audit, take_in},
    lines::{Line, proposed},
    reach::reachable,
    reply::{Replied, Telling, Words, fits, reply, say, told},
    wording,
};
use crate::{
    app::App,
    bus::DeskNews,
    staff::{Member, Permission},
    store::{
        self, StoreError, Unit,
        conversations::Owner,
        handovers::HandoverRow,
        proposals::{Decision, ProposalRow, ProposalState},
    },
};

/// An answer that awaits approval, in the chat's row.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Awaiting {
    pub id: Uuid,
    pub author: String,
    pub text: String,
    /// Unix milliseconds.
    pub at: i64,
    /// The citizen wrote since.
    pub news: bool,
}

/// What people say is theirs.
impl std::fmt::Debug for Awaiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Awaiting").field("id", &self.id).finish_non_exhaustive()
    }
}

impl From<ProposalRow> for Awaiting {
    fn from(row: ProposalRow) -> Self {
        Self { id: row.id, author: row.said_by, text: row.outbound.text, at: row.created_at, news: row.news }
    }
}

/// What became of an agent's words.
#[derive(Debug)]
pub enum Sent {
    /// They are on their way, once they cannot be taken back any more.
    Said(Replied),
    /// They await approval.
    Proposed { line: Box<Line>, entry: HandoverRow },
}

/// Whether what somebody writes in a chat must be read first. In a crisis nobody waits for anybody.
///
/// # Errors
/// When the database fails.
pub(super) async fn is_needed(
    app: &App,
    on: &impl ConnectionTrait,
    entry: &HandoverRow,
    by: &By,
) -> Result<bool, StoreError> {
    let Some(id) = by.staff.filter(|_| entry.priority != "crisis") else { return Ok(false) };
    let Some(staff) = store::staff::by_id(on, id).await? else { return Ok(false) };
    if Member::of(&staff).may(Permission::SuperviseChats) {
        return Ok(false);
    }
    Ok(staff.abilities.supervised || app.config.desk.approve_intents.contains(&entry.reason))
}

/// Sends an agent's words, or proposes them where a supervisor reads them first. `entry` is the entry as they saw it.
///
/// # Errors
/// As [`reply`].
pub async fn send(app: &App, entry: HandoverRow, by: &By, words: &Words) -> Result<Sent, AgentError> {
    if !is_needed(app, app.store.read(), &entry, by).await? {
        return match reply(app, entry.clone(), by, words, false).await {
            // Somebody decided so in this very moment.
            Err(AgentError::NeedsApproval) => propose(app, entry, by, &words.outbound).await,
            replied => Ok(Sent::Said(replied?)),
        };
    }
    propose(app, entry, by, &words.outbound).await
}

async fn propose(app: &App, entry: HandoverRow, by: &By, outbound: &Outbound) -> Result<Sent, AgentError> {
    let Some(staff) = by.staff else { return Err(AgentError::NeedsApproval) };
    fits(outbound)?;
    free_for(&entry, by)?;
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    let conversation = store::conversations::load(&*unit, entry.person_id).await?;
    // Whom nobody can write to is told now, and not when somebody approves it.
    reachable(app, &unit, &conversation, &entry).await?;
    let entry = if holds(&entry, by) { entry } else { take(app, &unit, entry, by).await? };
    let row = ProposalRow {
        id: app.ids.next(),
        handover: entry.id,
        staff,
        said_by: by.name.clone(),
        outbound: outbound.clone(),
        state: ProposalState::Waiting,
        created_at: app.clock.now(),
        decided_by: None,
        decided_name: None,
        sent_text: None,
        sent_id: None,
        reason: None,
        news: false,
    };
    store::proposals::insert(&unit, &row).await?;
    // Its file is spoken for until somebody decides.
    sent(&unit, outbound, &[row.id]).await?;
    let entry = store::handovers::touch(&unit, entry).await?;
    audit(app, &unit, &entry, by, "propose").await?;
    unit.commit().await?;
    app.bus.announce_desk(DeskNews::Person(entry.person_id));
    Ok(Sent::Proposed { line: Box::new(proposed(&row, by, false)), entry })
}

async fn take(app: &App, unit: &Unit, entry: HandoverRow, by: &By) -> Result<HandoverRow, AgentError> {
    store::conversations::give_to(unit, entry.person_id, Owner::Agent).await?;
    Ok(take_in(app, unit, entry, by).await?)
}

/// Approves what a colleague proposed, as it is or changed: it goes to the citizen in its author's name, and can be
/// taken back as any answer. Who approves in a chat that nobody attends takes it.
///
/// # Errors
/// When somebody decided before, the chat changed meanwhile, there is nothing to say, or the database fails.
pub async fn approve(
    app: &App,
    entry: HandoverRow,
    by: &By,
    id: Uuid,
    change: Option<&str>,
) -> Result<Replied, AgentError> {
    let Some(staff) = by.staff else { return Err(AgentError::Decided) };
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    let row = waiting(&unit, &entry, id).await?;
    let change = change.map(str::trim).filter(|text| *text != row.outbound.text.trim());
    let text = change.unwrap_or(&row.outbound.text);
    let outbound = Outbound { text: text.to_owned(), ..row.outbound.clone() };
    fits(&outbound)?;
    let entry = if entry.agent.is_some() { entry } else { take(app, &unit, entry, by).await? };
    let author = By { staff: Some(row.staff), name: row.said_by.clone() };
    let telling = Telling::words(std::slice::from_ref(&outbound), app.config.desk.undo());
    let replied = say(app, &unit, entry, &author, &telling).await?;
    store::uploads::give_back(&unit, row.id).await?;
    sent(&unit, &outbound, &replied.bubbles).await?;
    let decision = Decision {
        state: ProposalState::Approved,
        by: staff,
        name: &by.name,
        sent_text: change,
        sent_id: replied.bubbles.first().copied(),
        reason: None,
    };
    decide(app, &unit, &replied.entry, by, id, &decision).await?;
    told(app, unit, replied).await
}

/// Gives a proposal back to its author, with the reason.
///
/// # Errors
/// When somebody decided before, the chat changed meanwhile, no reason is given, or the database fails.
pub async fn give_it_back(
    app: &App,
    entry: HandoverRow,
    by: &By,
    id: Uuid,
    reason: &str,
) -> Result<(), AgentError> {
    let reason = wording::reason(reason)?;
    end(app, entry, by, id, ProposalState::Returned, Some(reason)).await
}

/// Takes back what one proposed oneself.
///
/// # Errors
/// When somebody decided before, it is a colleague's, or the database fails.
pub async fn withdraw(app: &App, entry: HandoverRow, by: &By, id: Uuid) -> Result<(), AgentError> {
    let row = store::proposals::of_chat(app.store.read(), entry.id, id).await?;
    match row {
        Some(row) if Some(row.staff) == by.staff => {
            end(app, entry, by, id, ProposalState::Withdrawn, None).await
        }
        _ => Err(AgentError::Decided),
    }
}

async fn end(
    app: &App,
    entry: HandoverRow,
    by: &By,
    id: Uuid,
    state: ProposalState,
    reason: Option<&str>,
) -> Result<(), AgentError> {
    let Some(staff) = by.staff else { return Err(AgentError::Decided) };
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    waiting(&unit, &entry, id).await?;
    store::uploads::give_back(&unit, id).await?;
    let decision = Decision { state, by: staff, name: &by.name, sent_text: None, sent_id: None, reason };
    decide(app, &unit, &entry, by, id, &decision).await?;
    let entry = store::handovers::touch(&unit, entry).await?;
    unit.commit().await?;
    app.bus.announce_desk(DeskNews::Person(entry.person_id));
    Ok(())
}

async fn waiting(unit: &Unit, entry: &HandoverRow, id: Uuid) -> Result<ProposalRow, AgentError> {
    let row = store::proposals::of_chat(&**unit, entry.id, id).await?;
    row.filter(|row| row.state == ProposalState::Waiting).ok_or(AgentError::Decided)
}

async fn decide(
    app: &App,
    unit: &Unit,
    entry: &HandoverRow,
    by: &By,
    id: Uuid,
    decision: &Decision<'_>,
) -> Result<(), AgentError> {
    if !store::proposals::decide(unit, id, decision, app.clock.now()).await? {
        return Err(AgentError::Decided);
    }
    let act = match decision.state {
        ProposalState::Approved if decision.sent_text.is_some() => "approve_changed",
        ProposalState::Approved => "approve",
        ProposalState::Returned => "return",
        ProposalState::Withdrawn | ProposalState::Waiting => "withdraw",
    };
    Ok(audit(app, unit, entry, by, act).await?)
}

/// An approved answer is taken back before it left: by its author for good, by who approved it to be decided again.
///
/// # Errors
/// When the database fails.
pub(super) async fn taken_back(unit: &Unit, row: &ProposalRow, by: &By, now: i64) -> Result<(), AgentError> {
    store::proposals::reopen(unit, row.id).await?;
    let Some(staff) = by.staff.filter(|staff| *staff == row.staff) else {
        return sent(unit, &row.outbound, &[row.id]).await;
    };
    let state = ProposalState::Withdrawn;
    let decision =
        Decision { state, by: staff, name: &by.name, sent_text: None, sent_id: None, reason: None };
    store::proposals::decide(unit, row.id, &decision, now).await?;
    Ok(())
}
