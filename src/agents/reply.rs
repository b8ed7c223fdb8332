//! Answering: what a person of the town writes, in the order in which they write it. For a few seconds they may take it
//! back.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_adapters::{Address, Message, Outbound, Wanted, capabilities};
use ventanilla_flows::Session;
use ventanilla_values::Lang;

use super::{
    AgentError, By,
    find::{current, free_for, holds},
    hold::{audit, log},
    reach::{is_private, reachable},
};
use crate::{
    app::App,
    bus::DeskNews,
    outbox::{render::render, window_until},
    store::{
        self, Unit,
        chat_log::Kind,
        conversations::{Conversation, Owner},
        handovers::HandoverRow,
        outbox::{Author, NewReply},
    },
};

/// WhatsApp's longest text; longer answers are nobody's answers.
const LONGEST: usize = 4096;

/// What an agent says, and how long they may take it back.
#[derive(Clone)]
pub struct Words {
    pub outbound: Outbound,
    /// Milliseconds.
    pub undo: i64,
}

impl Words {
    /// A text that goes at once.
    pub fn now(text: &str) -> Self {
        Self { outbound: Outbound { text: text.to_owned(), ..Outbound::default() }, undo: 0 }
    }

    /// The same, to be taken back for so many milliseconds.
    #[must_use]
    pub fn undoable(self, undo: i64) -> Self {
        Self { undo, ..self }
    }
}

/// What people say is theirs.
impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("undo", &self.undo).finish_non_exhaustive()
    }
}

/// What an agent may ask for with one click.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    Location,
    Photo,
}

impl Ask {
    fn words(self, lang: Lang) -> Outbound {
        let (es, en, wanted) = match self {
            Self::Location => (
                "¿Dónde es? Mándame tu ubicación, o escríbeme la calle y la colonia.",
                "Where is it? Send me your location, or write me the street and the neighbourhood.",
                Wanted::Location,
            ),
            Self::Photo => {
                ("¿Me mandas una foto, por favor?", "Could you send me a photo, please?", Wanted::Photo)
            }
        };
        let text = if lang == Lang::EN { en } else { es };
        Outbound { text: text.to_owned(), wanted: Some(wanted), ..Outbound::default() }
    }
}

/// What was stored: the ids of the bubbles, and the entry as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Replied {
    pub bubbles: Vec<Uuid>,
    pub entry: HandoverRow,
    /// Unix milliseconds.
    pub undo_until: i64,
}

/// Sends an agent's words, and takes the chat: the bot is silent from now on. `entry` is the entry as they saw it.
///
/// # Errors
/// When somebody else attends it and `take` is not said, it changed meanwhile, or the database fails.
pub async fn reply(
    app: &App,
    entry: HandoverRow,
    by: &By,
    words: &Words,
    take: bool,
) -> Result<Replied, AgentError> {
    let text = words.outbound.text.trim();
    if text.is_empty() {
        return Err(AgentError::Nothing);
    }
    if text.chars().count() > LONGEST {
        return Err(AgentError::TooLong(LONGEST));
    }
    if !take {
        free_for(&entry, by)?;
    }
    let (person, now) = (entry.person_id, app.clock.now());
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    let conversation = store::conversations::load(&*unit, person).await?;
    let address = reachable(app, &unit, &conversation, &entry).await?;
    let private = entry.priority == "crisis" || is_private(app, &conversation).await?;
    let session = conversation.session.clone().unwrap_or_else(|| Session::new(Lang::ES));
    let said = Said { words, by, address: &address, private, until: now + words.undo };
    let bubbles = store_bubbles(app, &unit, &conversation, session.lang, &said).await?;
    let next =
        Conversation { owner: Owner::Agent, turn: conversation.turn + 1, session: None, ..conversation };
    store::conversations::save(&unit, &next, &session, now).await?;
    let entry = if holds(&entry, by) { entry } else { take_it(app, &unit, entry, by).await? };
    let entry = store::handovers::answered(&unit, entry, now).await?;
    audit(app, &unit, &entry, by, "reply").await?;
    unit.commit().await?;
    app.bus.outbox.wake(person);
    app.bus.announce_desk(DeskNews::Person(person));
    Ok(Replied { bubbles, entry, undo_until: said.until })
}

/// Asks the citizen for something that their channel can help with.
///
/// # Errors
/// As [`reply`].
pub async fn ask(
    app: &App,
    entry: HandoverRow,
    by: &By,
    what: Ask,
    undo: i64,
) -> Result<Replied, AgentError> {
    let conversation = store::conversations::load(app.store.read(), entry.person_id).await?;
    let lang = conversation.session.map_or(Lang::ES, |session| session.lang);
    reply(app, entry, by, &Words { outbound: what.words(lang), undo }, false).await
}

/// Takes back what was written a moment ago.
///
/// # Errors
/// When it is on its way already.
pub async fn take_back(app: &App, entry: &HandoverRow, by: &By, bubble: Uuid) -> Result<(), AgentError> {
    free_for(entry, by)?;
    let unit = app.store.unit().await?;
    if !store::outbox::take_back(&unit, bubble, entry.person_id, app.clock.now()).await? {
        return Err(AgentError::Gone);
    }
    audit(app, &unit, entry, by, "take_back").await?;
    unit.commit().await?;
    app.bus.outbox.wake(entry.person_id);
    app.bus.announce_desk(DeskNews::Person(entry.person_id));
    Ok(())
}

struct Said<'a> {
    words: &'a Words,
    by: &'a By,
    address: &'a Address,
    private: bool,
    /// Until when it may be taken back.
    until: i64,
}

async fn store_bubbles(
    app: &App,
    unit: &Unit,
    conversation: &Conversation,
    lang: Lang,
    said: &Said<'_>,
) -> Result<Vec<Uuid>, AgentError> {
    let address = said.address;
    let bubbles: Vec<Message> =
        render(std::slice::from_ref(&said.words.outbound), capabilities(address.channel), lang);
    let mut ids = Vec::new();
    for (idx, message) in (0..).zip(&bubbles) {
        let reply = NewReply {
            id: app.ids.next(),
            person: conversation.person,
            turn: conversation.turn + 1,
            idx,
            author: Author::Agent,
            address,
            message,
            masked: None,
            private: said.private,
            window_until: window_until(address.channel, &address.account, conversation.window.as_ref()),
            said_by: Some(&said.by.name),
            not_before: Some(said.until),
            trace: "agent",
        };
        store::outbox::insert(unit, &reply, app.clock.now()).await?;
        ids.push(reply.id);
    }
    Ok(ids)
}

/// Who answers attends.
async fn take_it(app: &App, unit: &Unit, entry: HandoverRow, by: &By) -> Result<HandoverRow, AgentError> {
    let kind = if entry.agent.is_some() { Kind::TakenOver } else { Kind::Claimed };
    log(app, unit, &entry, by, kind, "").await?;
    Ok(store::handovers::claim(unit, entry, by.staff, &by.name).await?)
}
