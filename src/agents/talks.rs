//! Talks that the bot leads, seen by who supervises them, and coming into one.
//!
//! A talk is known by its person: nobody attends it, so it has no entry in the queue. Whoever comes in opens one and
//! attends it; the bot is silent from then on, at the exact step where it was.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_adapters::Channel;
use ventanilla_values::Lang;

use super::{
    AgentError, By,
    hold::log,
    lines::{Line, Who, everything, lines},
    live::Looker,
    notice,
    packet::{Packet, packet},
    reach::is_private,
    view::{LATELY, words},
    wording,
};
use crate::{
    app::App,
    bus::DeskNews,
    store::{
        self, StoreError,
        bot_talks::TalkRow,
        chat_log::Kind,
        conversations::{Conversation, Owner},
        handovers::HandoverRow,
    },
};

/// Why somebody attends who came in by themselves, as the queue keeps it.
pub const JOINED: &str = "joined by supervisor";

/// A talk of the bot in a list. Times are Unix milliseconds.
#[derive(Clone, PartialEq, Serialize, ToSchema)]
pub struct TalkSummary {
    /// Of the person.
    pub id: Uuid,
    pub person_name: Option<String>,
    #[schema(value_type = Option<String>)]
    pub channel: Option<Channel>,
    pub language: String,
    /// What is being talked about, as the flow calls it; `null` between two flows.
    pub flow: Option<String>,
    /// Messages that the bot did not understand.
    pub missed: i64,
    /// The bot had to ask whether somebody is in danger.
    pub danger: bool,
    /// Violence, corruption and the like: its words are shown to who opens it.
    pub private: bool,
    pub last_at: i64,
    /// What the citizen said last; empty where it is private.
    pub snippet: String,
}

/// What citizens say is theirs.
impl std::fmt::Debug for TalkSummary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TalkSummary").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A page of the talks that the bot leads now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TalkListing {
    pub talks: Vec<TalkSummary>,
    /// For the next page; `null` on the last.
    pub next: Option<String>,
}

/// A talk that is looked at.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Talk {
    #[serde(flatten)]
    pub summary: TalkSummary,
    pub packet: Packet,
    /// What was said, oldest first.
    pub lines: Vec<Line>,
    pub viewers: Vec<Looker>,
    /// Whether one can come in.
    pub can_join: bool,
    /// Somebody of the town has it: the open chat.
    pub chat: Option<Uuid>,
}

/// A page of the talks that the bot leads now, those in trouble first.
///
/// # Errors
/// When the database fails.
pub async fn talks(app: &App, limit: i64, offset: i64) -> Result<TalkListing, StoreError> {
    let mut rows = store::bot_talks::page(app.store.read(), since(app), limit + 1, offset).await?;
    let full = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > full;
    rows.truncate(full);
    let mut talks = Vec::with_capacity(rows.len());
    for found in &rows {
        talks.push(summary(app, found, false).await?);
    }
    Ok(TalkListing { talks, next: more.then(|| (offset + limit).to_string()) })
}

/// How many talks the bot leads now.
///
/// # Errors
/// When the database fails.
pub async fn count_talks(app: &App) -> Result<i64, StoreError> {
    store::bot_talks::count(app.store.read(), since(app)).await
}

fn since(app: &App) -> i64 {
    app.clock.now() - app.config.desk.talk()
}

/// A talk, with what the bot understood and learnt.
///
/// # Errors
/// When the database fails.
pub async fn talk(app: &App, found: &TalkRow, by: &By) -> Result<Talk, StoreError> {
    let conversation = &found.conversation;
    let person = conversation.person;
    let open = store::handovers::open_of(app.store.read(), person).await?;
    // What a hand-over would bring, if there were one now.
    let now = HandoverRow::new(Uuid::nil(), person, (conversation.turn, 0), String::new(), app.clock.now());
    Ok(Talk {
        summary: summary(app, found, true).await?,
        packet: packet(app, &now, conversation).await?,
        lines: everything(app, person, by).await?,
        viewers: app.desk.lookers(person, app.clock.now()),
        can_join: open.is_none() && is_joinable(conversation).is_ok(),
        chat: open.map(|entry| entry.id),
    })
}

async fn summary(app: &App, found: &TalkRow, opened: bool) -> Result<TalkSummary, StoreError> {
    let TalkRow { conversation, name } = found;
    let private = is_private(app, conversation).await?;
    let last = if private && !opened { Vec::new() } else { lines(app, conversation.person, LATELY).await? };
    let theirs = last.iter().rfind(|line| line.who == Who::Citizen);
    let library = &app.contents.active.library;
    let running = conversation.session.as_ref().and_then(|session| {
        let flow = library.flow(&session.stack.first()?.flow)?;
        Some(flow.title(session.lang).to_owned())
    });
    Ok(TalkSummary {
        id: conversation.person,
        person_name: name.clone(),
        channel: conversation.channel,
        language: lang(conversation).to_string(),
        flow: running,
        missed: conversation.trouble.missed,
        danger: conversation.trouble.danger,
        private,
        last_at: conversation.heard_at.unwrap_or_default(),
        snippet: theirs.map(words).unwrap_or_default(),
    })
}

fn lang(conversation: &Conversation) -> Lang {
    conversation.session.as_ref().map_or(Lang::ES, |session| session.lang)
}

/// Whether a person of the town can take the bot's place.
fn is_joinable(conversation: &Conversation) -> Result<(), AgentError> {
    match (conversation.owner, conversation.channel) {
        (Owner::Bot, Some(Channel::Voice)) => Err(AgentError::OnCall),
        (Owner::Bot, _) => Ok(()),
        _ => Err(AgentError::AtDesk),
    }
}

/// Comes into a talk of the bot: whoever does attends it, the bot is silent at the exact step where it was, and the
/// citizen is told that a person is there. A turn that is under way is done again, silently.
///
/// # Errors
/// When somebody of the town has it already, it is a call, no reason is given, or the database fails.
pub async fn join(app: &App, person: Uuid, by: &By, reason: &str) -> Result<HandoverRow, AgentError> {
    let reason = wording::reason(reason)?;
    let unit = app.store.unit().await?;
    let conversation = store::conversations::load(&*unit, person).await?;
    if conversation.turn == 0 {
        return Err(AgentError::Unknown(person.to_string()));
    }
    is_joinable(&conversation)?;
    if store::handovers::open_of(&*unit, person).await?.is_some() {
        return Err(AgentError::AtDesk);
    }
    let key = (conversation.turn + 1, 0);
    let row = HandoverRow::new(app.ids.next(), person, key, JOINED.to_owned(), app.clock.now());
    let entry = store::handovers::open(&unit, row).await?;
    log(app, &unit, &entry, by, Kind::Joined, reason).await?;
    let entry = store::handovers::claim(&unit, entry, by.staff, &by.name).await?;
    let government = &app.contents.active.catalogue.town().government;
    let text = |lang| wording::somebody_is_here(lang, government);
    notice::tell(app, &unit, &entry, Owner::Agent, text).await?;
    unit.commit().await?;
    app.bus.outbox.wake(person);
    app.bus.announce_desk(DeskNews::Talk(person));
    app.bus.announce_desk(DeskNews::Person(person));
    Ok(entry)
}
