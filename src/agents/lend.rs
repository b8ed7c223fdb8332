//! Lending a chat to the bot for one flow: it asks what it has to ask, and the chat is the colleague's again. What was
//! open before goes on standing open.

use std::sync::Arc;

use uuid::Uuid;
use ventanilla_adapters::Channel;
use ventanilla_flows::{Command, Session};
use ventanilla_values::{Lang, Value};

use super::{
    ActError, AgentError, By,
    find::{current, free_for, holds},
    hold::log,
};
use crate::{
    app::App,
    bus::DeskNews,
    conversation::resume_bot,
    store::{
        self, StoreError, Unit, chat_log::Kind, consents::Purpose, conversations::Conversation,
        handovers::HandoverRow, lent::Lent,
    },
};

/// The flow that asks for a consent, by its slot `purpose`.
const ASK_CONSENT: &str = "ask_consent";

/// What can be asked of a citizen: emergencies are told without, and going on by SMS is asked in a call.
pub const ASKABLE: [Purpose; 4] =
    [Purpose::CaseUpdates, Purpose::Suggestions, Purpose::Surveys, Purpose::News];

/// What the bot shall do with the chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    Flow(String),
    /// Ask whether they allow it, in words that say what it is.
    Consent(Purpose),
}

impl Errand {
    fn flow(&self) -> &str {
        match self {
            Self::Flow(flow) => flow,
            Self::Consent(_) => ASK_CONSENT,
        }
    }

    fn slots(&self) -> Vec<(String, Value)> {
        match self {
            Self::Flow(_) => Vec::new(),
            Self::Consent(purpose) => {
                vec![("purpose".to_owned(), Value::Text(purpose.as_str().to_owned()))]
            }
        }
    }
}

/// Lends the chat: the bot runs one flow, then the chat is with the colleague again.
///
/// # Errors
/// When somebody else attends it, it changed meanwhile, there is no such flow, nobody may be asked that, or the database
/// fails.
pub async fn lend(
    app: &Arc<App>,
    entry: HandoverRow,
    by: &By,
    errand: &Errand,
) -> Result<HandoverRow, AgentError> {
    free_for(&entry, by)?;
    let flow = errand.flow();
    if app.contents.active.library.flow(flow).is_none() {
        return Err(AgentError::NoFlow(flow.to_owned()));
    }
    if let Errand::Consent(purpose) = errand
        && !ASKABLE.contains(purpose)
    {
        return Err(ActError::NotAskable.into());
    }
    let (person, now) = (entry.person_id, app.clock.now());
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    let conversation = store::conversations::load(&*unit, person).await?;
    if conversation.channel.is_none_or(|channel| channel == Channel::Voice) {
        // A call that is over cannot be gone on with.
        return Err(ActError::NotAskable.into());
    }
    let session = conversation.session.unwrap_or_else(|| Session::new(Lang::ES));
    let release = conversation.release;
    let lent = Lent { person, handover: entry.id, flow: flow.to_owned(), session, release };
    store::lent::lend(&unit, &lent, now).await?;
    let entry = if holds(&entry, by) {
        entry
    } else {
        log(app, &unit, &entry, by, Kind::Claimed, "").await?;
        store::handovers::claim(&unit, entry, by.staff, &by.name).await?
    };
    log(app, &unit, &entry, by, Kind::Lent, flow).await?;
    let entry = store::handovers::answered(&unit, entry, now).await?;
    let start = Command::start(flow, None, errand.slots());
    resume_bot(app, person, unit, vec![Command::Reset, start], "agent").await?;
    app.bus.announce_desk(DeskNews::Person(person));
    Ok(entry)
}

/// A colleague goes on before the flow is over: the talk stands again where it stood.
pub(super) async fn call_back(unit: &Unit, person: Uuid, now: i64) -> Result<(), StoreError> {
    let Some(lent) = store::lent::of_person(&**unit, person).await? else { return Ok(()) };
    store::lent::end(unit, person).await?;
    let conversation = store::conversations::load(&**unit, person).await?;
    let next =
        Conversation { session: None, release: lent.release, turn: conversation.turn + 1, ..conversation };
    store::conversations::save(unit, &next, &lent.session, now).await
}
