//! Replies that the provider took and failed to deliver: the ways of one that was refused at once are open to them.

use uuid::Uuid;
use ventanilla_adapters::{Fault, Message, SendError, StatusUpdate};

use super::{
    Step,
    failed::{again, is_promotion_limit, may_retry, note_stop, opted_out, pause, words_alone},
    fallback::fall_back,
    keep::keep,
    render,
};
use crate::{
    app::App,
    store::{self, StoreError, outbox::Pending},
};

/// A reply that was taken and failed later: it stays failed where nothing else can be done.
///
/// # Errors
/// When the database fails.
pub async fn refused_later(app: &App, status: &StatusUpdate, error: &SendError) -> Result<(), StoreError> {
    let now = app.clock.now();
    let Some((person, mut reply)) = store::kept::failed(app.store.read(), status).await? else {
        return Ok(());
    };
    // The try that failed is counted already.
    reply.attempts = (reply.attempts - 1).max(0);
    if other_way(app, person, &reply, error, now).await?.is_some() {
        app.bus.outbox.wake(person);
    }
    Ok(())
}

async fn other_way(
    app: &App,
    person: Uuid,
    reply: &Pending,
    error: &SendError,
    now: i64,
) -> Result<Option<Step>, StoreError> {
    // What lost its secret cannot be said again.
    let whole = !render::is_masked(&reply.message);
    match error.fault {
        Fault::Account => {
            let until = note_stop(app, reply, error, now).await?;
            match fall_back(app, person, reply, now).await? {
                None if whole => again(app, reply, error, until, now).await.map(Some),
                step => Ok(step),
            }
        }
        Fault::OptedOut => opted_out(app, person, reply, error, now).await.map(|()| None),
        Fault::Recipient if is_promotion_limit(error) => Ok(None),
        Fault::Recipient => fall_back(app, person, reply, now).await,
        _ if !whole => Ok(None),
        Fault::Window => keep(app, person, reply, Some(error), now).await.map(Some),
        _ if matches!(reply.message, Message::Media { .. }) && !may_retry(reply, error) => {
            words_alone(app, reply, now).await.map(Some)
        }
        Fault::Provider | Fault::Template | Fault::Message => match pause(app, reply, error) {
            Some(wait) => again(app, reply, error, now + wait, now).await.map(Some),
            None => Ok(None),
        },
    }
}
