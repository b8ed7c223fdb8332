//! People of the town who answer citizens: the queue, taking a chat over, and giving it back.
//!
//! Called by the command line. While a chat is with a person the bot is silent; closing it gives it back at the exact
//! step where it was.

use std::sync::Arc;

use uuid::Uuid;
use ventanilla_adapters::{Address, AddressKey, Channel, Message, Outbound, capabilities};
use ventanilla_flows::Session;
use ventanilla_values::{Lang, canonical};

use crate::{
    app::App,
    conversation::{TurnError, resume_bot},
    outbox::{render::render, window_until},
    store::{
        self, StoreError, Unit,
        consents::{self, ConsentState, Purpose},
        conversations::{Conversation, Owner},
        handovers::HandoverRow,
        outbox::{Author, NewReply},
    },
};

#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    #[error("no open conversation has the id {0}: `ventanilla agents list` shows those that wait")]
    Unknown(String),
    #[error("{0} attends this conversation; only they can go on (or take it over with --take)")]
    Taken(String),
    #[error("there is nothing to say: write the answer between quotes")]
    Nothing,
    #[error("this person cannot be reached: they never wrote")]
    Unreachable,
    #[error("they talked by phone and did not agree to text messages: call them{}", at(.0.as_deref()))]
    CallThem(Option<String>),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Turn(#[from] TurnError),
}

fn at(phone: Option<&str>) -> String {
    phone.map_or_else(String::new, |phone| format!(" at {phone}"))
}

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

/// Sends an agent's words, and takes the chat: the bot is silent from now on.
///
/// # Errors
/// When somebody else attends it, or the database fails.
pub async fn reply(
    app: &App,
    entry: HandoverRow,
    agent: &str,
    text: &str,
    take: bool,
) -> Result<(), AgentError> {
    if let Some(other) = entry.agent.as_deref().filter(|other| *other != agent && !take) {
        return Err(AgentError::Taken(other.to_owned()));
    }
    if text.trim().is_empty() {
        return Err(AgentError::Nothing);
    }
    let (person, now) = (entry.person_id, app.clock.now());
    let unit = app.store.unit().await?;
    let conversation = store::conversations::load(&*unit, person).await?;
    let address = reachable(app, &unit, &conversation, &entry).await?;
    let private = entry.priority == "crisis" || is_private(app, &conversation).await?;
    let session = conversation.session.clone().unwrap_or_else(|| Session::new(Lang::ES));
    let words = Outbound { text: text.to_owned(), ..Outbound::default() };
    let bubbles: Vec<Message> = render(&[words], capabilities(address.channel), session.lang);
    for (idx, message) in (0..).zip(&bubbles) {
        let reply = NewReply {
            id: app.ids.next(),
            person,
            turn: conversation.turn + 1,
            idx,
            author: Author::Agent,
            address: &address,
            message,
            masked: None,
            private,
            window_until: window_until(address.channel, &address.account, conversation.window.as_ref()),
            trace: "agent",
        };
        store::outbox::insert(&unit, &reply, now).await?;
    }
    let next =
        Conversation { owner: Owner::Agent, turn: conversation.turn + 1, session: None, ..conversation };
    store::conversations::save(&unit, &next, &session, now).await?;
    store::handovers::claim(&unit, entry, agent).await?;
    unit.commit().await?;
    app.bus.outbox.wake(person);
    Ok(())
}

/// An answer speaks of the matter that they talked of when they asked for a person.
async fn is_private(app: &App, conversation: &Conversation) -> Result<bool, StoreError> {
    let library = app.contents.library(conversation.release.as_deref(), &app.store).await?;
    let mut flows = conversation.session.iter().flat_map(|session| &session.stack);
    let in_private = flows.any(|frame| library.flow(&frame.flow).is_none_or(|flow| flow.private));
    Ok(in_private || conversation.owner == Owner::Danger)
}

/// Where somebody can be written to: on the channel of their talk, wherever else somebody with the same phone wrote
/// since. After a call that is by SMS, for those who agreed to it.
async fn reachable(
    app: &App,
    unit: &Unit,
    conversation: &Conversation,
    entry: &HandoverRow,
) -> Result<Address, AgentError> {
    let person = conversation.person;
    let last = store::people::last_address(&**unit, person).await?.ok_or(AgentError::Unreachable)?;
    let channel = conversation.channel.unwrap_or(last.channel);
    if channel == Channel::Voice {
        return after_call(app, unit, entry, last).await;
    }
    if last.channel == channel {
        return Ok(last);
    }
    let (account, route) =
        store::people::route_on(&**unit, person, channel).await?.ok_or(AgentError::Unreachable)?;
    let key = match channel {
        Channel::Webchat => AddressKey::Token(route.clone()),
        _ => AddressKey::Phone(canonical(&route)),
    };
    Ok(Address { channel, account, key, route })
}

async fn after_call(
    app: &App,
    unit: &Unit,
    entry: &HandoverRow,
    last: Address,
) -> Result<Address, AgentError> {
    let person = entry.person_id;
    let own = match &last.key {
        AddressKey::Phone(phone) => Some(phone.clone()),
        _ => store::handovers::phone_of(&**unit, person, Channel::Voice).await?,
    };
    let agreed = consents::state(&**unit, person, Purpose::ContinueBySms, Channel::Sms).await?;
    let text = own.as_deref().filter(|_| agreed == Some(ConsentState::Granted));
    let to = text.and_then(|phone| app.channels.sms_address(phone));
    to.ok_or_else(|| AgentError::CallThem(entry.call_phone.clone().or(own)))
}

/// Ends the conversation with the agent; the bot asks its open question again.
///
/// # Errors
/// When the database fails.
pub async fn close(app: &Arc<App>, entry: HandoverRow) -> Result<Uuid, AgentError> {
    let person = entry.person_id;
    let unit = app.store.unit().await?;
    store::handovers::close(&unit, entry, app.clock.now()).await?;
    resume_bot(app, person, unit, "agent").await?;
    Ok(person)
}
