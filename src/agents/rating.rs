//! Asking how somebody was attended, once a chat is over: whether that may be asked, and how it begins. The answer comes
//! by the flow `satisfaction`.

use uuid::Uuid;
use ventanilla_adapters::{Address, Channel};
use ventanilla_flows::{Command, Event, Library};
use ventanilla_intents::is_safety;
use ventanilla_values::Value;

use crate::{
    app::App,
    outbox::window_until,
    store::{
        self, Unit,
        consents::{self, ConsentState, Purpose},
        conversations::Conversation,
        handovers::HandoverRow,
    },
};

use super::give_back::Then;

const FLOW: &str = "satisfaction";
/// Who spoke of a death or a danger within so many milliseconds is not asked, whatever the chat was about in the end.
const QUIET: i64 = 30 * 24 * 3600 * 1000;
/// Beside every danger.
const HARD: [&str; 3] = ["life.death", "service.death_certificate", "service.cemetery"];

fn is_hard(intent: &str) -> bool {
    is_safety(intent) || HARD.contains(&intent)
}

/// Notes that a death or a danger was spoken of, where a turn began such a flow.
///
/// # Errors
/// When the database fails.
pub async fn note_hard(
    unit: &Unit,
    library: &Library,
    person: Uuid,
    events: &[Event],
    now: i64,
) -> Result<(), store::StoreError> {
    let hard = events.iter().any(|event| match event {
        Event::FlowStarted { flow, intent, .. } => {
            let flows_own =
                library.flow(flow).is_some_and(|flow| flow.intents.iter().any(|one| is_hard(one)));
            flows_own || intent.as_deref().is_some_and(is_hard)
        }
        _ => false,
    });
    if hard {
        store::ratings::quiet(unit, person, now).await?;
    }
    Ok(())
}

/// Whether they may be asked: the town does, somebody answered, nobody was in danger or died, they were not asked before,
/// said nothing against surveys, and can be written to now.
///
/// # Errors
/// When the database fails.
pub(super) async fn may_ask(
    app: &App,
    entry: &HandoverRow,
    conversation: &Conversation,
) -> Result<bool, store::StoreError> {
    let hard = entry.priority == "crisis" || is_hard(&entry.reason);
    let fit = entry.answered_at.is_some() && !hard && entry.rating_asked_at.is_none();
    if !fit || !app.config.desk.ask_satisfaction || app.contents.active.library.flow(FLOW).is_none() {
        return Ok(false);
    }
    let read = app.store.read();
    let quiet = store::ratings::quiet_since(read, entry.person_id).await?;
    if quiet.is_some_and(|since| app.clock.now() - since < QUIET) {
        return Ok(false);
    }
    let Some(address) = store::people::last_address(read, entry.person_id).await? else { return Ok(false) };
    let said = consents::state(read, entry.person_id, Purpose::Surveys, address.channel).await?;
    Ok(said != Some(ConsentState::Withdrawn) && is_open(app, &address, conversation))
}

/// A question that waits for the person to come back is no question about today.
fn is_open(app: &App, address: &Address, conversation: &Conversation) -> bool {
    let windowed = ventanilla_adapters::capabilities(address.channel).window.is_some();
    let until = window_until(address.channel, &address.account, conversation.window.as_ref());
    address.channel != Channel::Voice && (!windowed || until.is_some_and(|until| until > app.clock.now()))
}

/// Notes that they are asked, and gives what the bot goes on with; the menu comes after the answer. `None`: after this
/// nobody is asked, the bot goes on with something else.
///
/// # Errors
/// When the database fails.
pub(super) async fn ask(
    app: &App,
    unit: &Unit,
    entry: &HandoverRow,
    then: &Then,
) -> Result<Option<Vec<Command>>, store::StoreError> {
    let menu = match then {
        Then::Menu => true,
        Then::Nothing => false,
        Then::Resume | Then::Flow(_) => return Ok(None),
    };
    if !store::ratings::ask(unit, entry.id, app.clock.now()).await? {
        return Ok(None);
    }
    let slots = vec![("then_menu".to_owned(), Value::YesNo(menu))];
    Ok(Some(vec![Command::Reset, Command::start(FLOW, None, slots)]))
}
