//! Giving a chat back to the bot.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;
use ventanilla_flows::Command;
use ventanilla_values::Lang;

use super::{
    AgentError, By,
    find::{current, free_for},
    hold::log,
    lend::call_back,
    rating,
};
use crate::{
    app::App,
    bus::DeskNews,
    conversation::{leave_to_bot, resume_bot},
    store::{self, Unit, chat_log::Kind, handovers::HandoverRow},
};

/// Where the bot goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// At the exact step where it stopped: it asks its open question again.
    Resume,
    Menu,
    /// With this flow; what was open is left.
    Flow(String),
    /// It says nothing until the citizen writes, and begins anew then.
    Nothing,
}

impl Then {
    fn outcome(&self) -> String {
        match self {
            Self::Resume => "resume".to_owned(),
            Self::Menu => "menu".to_owned(),
            Self::Flow(flow) => format!("flow:{flow}"),
            Self::Nothing => "nothing".to_owned(),
        }
    }

    /// `None`: the bot says nothing.
    fn commands(&self) -> Option<Vec<Command>> {
        let start = |flow: &str| vec![Command::Reset, Command::start(flow, None, Vec::new())];
        match self {
            Self::Resume => Some(vec![Command::Repeat]),
            Self::Menu => Some(start("menu")),
            Self::Flow(flow) => Some(start(flow)),
            Self::Nothing => None,
        }
    }
}

/// A flow that a chat may be given back with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FlowName {
    pub id: String,
    pub name: String,
}

/// The flows that a chat may be given back with: those that somebody may also ask for in words.
pub fn flows(app: &App, lang: Lang) -> Vec<FlowName> {
    let library = &app.contents.active.library;
    let asked_for = library.flows().filter(|flow| !flow.intents.is_empty() && flow.name != "agent");
    let mut flows: Vec<FlowName> =
        asked_for.map(|flow| FlowName { id: flow.name.clone(), name: flow.title(lang).to_owned() }).collect();
    flows.sort_by(|a, b| a.name.cmp(&b.name));
    flows
}

/// Ends the conversation with the agent; the bot goes on as `then` says.
///
/// # Errors
/// When somebody else attends it, it changed meanwhile, there is no such flow, or the database fails.
pub async fn close(
    app: &Arc<App>,
    entry: HandoverRow,
    by: &By,
    then: &Then,
) -> Result<HandoverRow, AgentError> {
    end(app, entry, by, then, false).await
}

/// The same, and the bot asks how they were attended before it goes on.
///
/// # Errors
/// As [`close`], and when they may not be asked.
pub async fn close_and_ask(
    app: &Arc<App>,
    entry: HandoverRow,
    by: &By,
    then: &Then,
) -> Result<HandoverRow, AgentError> {
    end(app, entry, by, then, true).await
}

async fn end(
    app: &Arc<App>,
    entry: HandoverRow,
    by: &By,
    then: &Then,
    ask: bool,
) -> Result<HandoverRow, AgentError> {
    if by.staff.is_some() {
        free_for(&entry, by)?;
    }
    if let Then::Flow(flow) = then
        && app.contents.active.library.flow(flow).is_none()
    {
        return Err(AgentError::NoFlow(flow.clone()));
    }
    let person = entry.person_id;
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    call_back(&unit, person, app.clock.now()).await?;
    let commands = if ask { Some(question(app, &unit, &entry, then).await?) } else { then.commands() };
    log(app, &unit, &entry, by, Kind::Closed, &then.outcome()).await?;
    let entry = store::handovers::close(&unit, entry, &then.outcome(), app.clock.now()).await?;
    match commands {
        Some(commands) => resume_bot(app, person, unit, commands, "agent").await?,
        None => leave_to_bot(app, person, unit).await?,
    }
    app.bus.announce_desk(DeskNews::Person(person));
    Ok(entry)
}

async fn question(
    app: &App,
    unit: &Unit,
    entry: &HandoverRow,
    then: &Then,
) -> Result<Vec<Command>, AgentError> {
    let conversation = store::conversations::load(&**unit, entry.person_id).await?;
    if !rating::may_ask(app, entry, &conversation).await? {
        return Err(AgentError::NotAsked);
    }
    rating::ask(app, unit, entry, then).await?.ok_or(AgentError::NotAsked)
}
