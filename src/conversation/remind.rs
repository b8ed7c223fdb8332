//! Comes by for talks in which nobody writes: reminds people once of an open question, and erases what they left
//! unfinished. `idle.rs` planned it with their last turn; here it is looked at again, because much may have happened since.

use std::sync::Arc;

use tracing::{info, warn};
use uuid::Uuid;
use ventanilla_adapters::Address;
use ventanilla_flows::Session;
use ventanilla_values::{Lang, Value};

use super::{
    attend::TurnError,
    burst::Burst,
    context::Context,
    finish::finish,
    idle::{awake, is_private, is_worth_a_reminder},
    policy::start,
    turn::begin,
};
use crate::{
    app::App,
    store::{
        self, StoreError, Unit,
        consents::{ConsentState, Purpose},
        conversations::{Conversation, Owner},
        idle::Idle,
    },
};

/// The flow that says what was left open; the question follows by itself.
const REMINDER: &str = "reminder";
/// Talks that are read at a time.
const BATCH: i64 = 200;

/// Reminds whoever is to be reminded by now.
///
/// # Errors
/// When it cannot be read who that is; what cannot be done now is done when somebody comes again.
pub async fn remind_due(app: &Arc<App>) -> Result<(), StoreError> {
    for person in store::idle::to_remind(app.store.read(), app.clock.now(), BATCH).await? {
        match Box::pin(remind(app, person)).await {
            // A turn of theirs came between, and planned anew.
            Ok(()) | Err(TurnError::Store(StoreError::Conflict(_))) => {}
            Err(err) => warn!(person.id = %person, "somebody could not be reminded: {err}"),
        }
    }
    Ok(())
}

async fn remind(app: &Arc<App>, person: Uuid) -> Result<(), TurnError> {
    let unit = app.store.unit().await?;
    let talk = store::conversations::load(&*unit, person).await?;
    let now = app.clock.now();
    let Some(due) = talk.idle.remind_at.filter(|due| *due <= now) else { return Ok(()) };
    if !store::inbox::waiting(&*unit, person).await?.is_empty() {
        // They wrote: their turn comes first.
        return Ok(());
    }
    let awake =
        awake(now, app.config.conversation.quiet_hours, app.contents.active.catalogue.town().timezone);
    if awake > now {
        store::idle::put_off(&unit, person, due, Some(awake)).await?;
        return Ok(unit.commit().await?);
    }
    match address(&unit, &talk, now).await? {
        Some(address) => say(app, unit, talk, address, due).await,
        None => {
            store::idle::put_off(&unit, person, due, None).await?;
            Ok(unit.commit().await?)
        }
    }
}

/// Where they may be reminded: where the talk is held, unless they are not to be written to there.
async fn address(unit: &Unit, talk: &Conversation, now: i64) -> Result<Option<Address>, StoreError> {
    let person = talk.person;
    let here = store::people::last_address(&**unit, person).await?;
    let Some(here) = here.filter(|here| Some(here.channel) == talk.channel) else { return Ok(None) };
    let stopped = store::consents::state(&**unit, person, Purpose::CaseUpdates, here.channel).await?
        == Some(ConsentState::Withdrawn);
    let kept_out = stopped
        || store::blocks::standing(&**unit, person, now).await?.is_some()
        || store::lent::of_person(&**unit, person).await?.is_some();
    Ok((!kept_out).then_some(here))
}

async fn say(
    app: &Arc<App>,
    unit: Unit,
    talk: Conversation,
    address: Address,
    due: i64,
) -> Result<(), TurnError> {
    let person = talk.person;
    let context = Context::new(app, &talk, address, "reminder").await?;
    let worth = is_worth_a_reminder(&talk, &context.session, &context.library, &app.config.conversation);
    let closed = context.window_until().is_some_and(|until| context.now >= until);
    let about = context.subject().unwrap_or_default();
    let slots = vec![("about".to_owned(), Value::Text(about))];
    let begun = begin(&context, &[start(REMINDER, None, slots)]);
    let asks = begun.session.is_waiting() && begun.session.stack.len() == context.session.stack.len();
    if !worth || closed || !asks {
        store::idle::put_off(&unit, person, due, None).await?;
        return Ok(unit.commit().await?);
    }
    let idle = Idle { reminded: true, remind_at: None, ..talk.idle };
    let next = Conversation { session: None, idle, ..talk.clone() };
    finish(&context, unit, begun, next, &Burst::default()).await?;
    metrics::counter!("ventanilla_reminders_total").increment(1);
    Ok(())
}

/// Erases what was left unfinished for too long.
///
/// # Errors
/// When it cannot be read what that is.
pub async fn erase_due(app: &App) -> Result<(), StoreError> {
    for person in store::idle::to_erase(app.store.read(), app.clock.now(), BATCH).await? {
        match erase(app, person).await {
            Ok(()) | Err(StoreError::Conflict(_)) => {}
            Err(err) => warn!(person.id = %person, "a talk that was left could not be erased: {err}"),
        }
    }
    Ok(())
}

async fn erase(app: &App, person: Uuid) -> Result<(), StoreError> {
    let unit = app.store.unit().await?;
    let talk = store::conversations::load(&*unit, person).await?;
    let now = app.clock.now();
    let Some(due) = talk.idle.erase_at.filter(|due| *due <= now) else { return Ok(()) };
    if !store::inbox::waiting(&*unit, person).await?.is_empty() {
        return Ok(());
    }
    if talk.owner != Owner::Bot {
        // Whoever attends sees it; it is looked at again when they may be done.
        store::idle::keep_longer(&unit, person, due, now + app.config.conversation.draft(true)).await?;
        return unit.commit().await;
    }
    let library = app.contents.library(talk.release.as_deref(), &app.store).await?;
    let set = &app.config.conversation;
    let lang = talk.session.as_ref().map_or(Lang::ES, |session| session.lang);
    let open = talk.session.clone().filter(|session| !session.stack.is_empty());
    let private = open.as_ref().is_some_and(|session| is_private(session, &library));
    let parked = talk.parked.clone().filter(|parked| parked.at + set.draft(true) > now);
    let fresh_until = talk.heard_at.unwrap_or(0) + set.draft(private);
    let only_parked = talk.parked.is_some() && parked.is_none() && open.is_some() && fresh_until > now;
    let turn = talk.turn + 1;
    let (next, session) = if only_parked {
        let idle = Idle { erase_at: Some(fresh_until), ..talk.idle };
        (
            Conversation { session: None, parked, idle, turn, ..talk },
            open.unwrap_or_else(|| Session::new(lang)),
        )
    } else {
        // What was private is over without a word.
        let erased_at = open.filter(|_| !private).map(|_| now);
        let erase_at = parked.as_ref().map(|parked| parked.at + set.draft(true));
        let idle = Idle { erased_at, erase_at, ..Idle::default() };
        (Conversation { session: None, release: None, parked, idle, turn, ..talk }, Session::new(lang))
    };
    store::conversations::save(&unit, &next, &session, now).await?;
    unit.commit().await?;
    metrics::counter!("ventanilla_drafts_erased_total").increment(1);
    info!(person.id = %person, "a talk that was left unfinished is erased");
    Ok(())
}
