//! Replies that travel in the response to a webhook: what a call hears.
//!
//! The handler waits for the turn of the message that it has just stored, and makes the response of what that turn
//! said. Asked again (providers retry), it makes the same response of the same rows; nothing is done twice.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tracing::{error, warn};
use uuid::Uuid;
use ventanilla_adapters::{Adapter, Answer, Message};

use crate::{
    app::App,
    inbox::InboxError,
    store::{self, StoreError, spoken::TurnOf},
};

/// How often to look where nobody tells (a turn done by another process).
const LOOK: Duration = Duration::from_millis(250);

/// Twilio hangs up after 15 s; the turn may take `voice.wait_seconds` (at most 10) on top of this.
const STORED_WITHIN: Duration = Duration::from_secs(4);

/// The response to a request whose message (account, id) waits for its turn. `kept` makes the message durable: whoever is
/// on the phone hears something, whatever becomes of it.
pub async fn speak(
    app: &Arc<App>,
    adapter: &dyn Adapter,
    request: &Request<Bytes>,
    (account, id): (String, String),
    kept: impl Future<Output = Result<(), InboxError>>,
) -> Response<Bytes> {
    match tokio::time::timeout(STORED_WITHIN, kept).await {
        Ok(Ok(())) => {}
        failed => {
            error!(alert = true, "what a caller said could not be stored: {failed:?}");
            return adapter.respond(request, Answer::Broken);
        }
    }
    match answer(app, &account, &id).await {
        Ok(Some(Heard::Said(messages))) => adapter.respond(request, Answer::Said(&messages)),
        Ok(Some(Heard::Over)) => adapter.respond(request, Answer::Over),
        Ok(None) => adapter.respond(request, Answer::NotYet),
        Err(err) => {
            error!(alert = true, "a call cannot be answered: {err}");
            adapter.respond(request, Answer::Broken)
        }
    }
}

/// What a call hears of a turn.
#[derive(Debug)]
pub enum Heard {
    Said(Vec<Message>),
    Over,
}

/// What the turn of a message said; `None` when it is still under way after `voice.wait_seconds`. `id` begins with the
/// call's own.
///
/// # Errors
/// When the database fails.
pub async fn answer(app: &Arc<App>, account: &str, id: &str) -> Result<Option<Heard>, StoreError> {
    let call = id.split(':').next().unwrap_or(id);
    if store::spoken::is_over(app.store.read(), account, call).await? {
        return Ok(Some(Heard::Over));
    }
    let patience = Duration::from_secs(app.config.voice.wait_seconds);
    let mut turns = app.bus.turns();
    let done = tokio::time::timeout(patience, turn(app, account, id, &mut turns)).await;
    let Ok(found) = done else { return Ok(None) };
    let Some((person, turn)) = found? else { return Ok(Some(Heard::Over)) };
    let messages = store::spoken::of_turn(app.store.read(), person, turn).await?;
    app.tasks.spawn(note_fetched(Arc::clone(app), person, turn, call.to_owned()));
    Ok(Some(Heard::Said(messages)))
}

/// Beside the response: whoever is on the phone does not wait for our books.
async fn note_fetched(app: Arc<App>, person: Uuid, turn: i64, call: String) {
    let noted = async {
        let unit = app.store.unit().await?;
        store::spoken::fetched(&unit, person, turn, &call, app.clock.now()).await?;
        unit.commit().await
    };
    if let Err(err) = noted.await {
        warn!("what a call has heard could not be noted: {err}");
    }
}

/// Waits until a message was dealt with; `None` when there is no such message.
async fn turn(
    app: &App,
    account: &str,
    id: &str,
    turns: &mut Receiver<Uuid>,
) -> Result<Option<(Uuid, i64)>, StoreError> {
    loop {
        let person = match store::spoken::turn_of(app.store.read(), account, id).await? {
            TurnOf::Unknown => return Ok(None),
            TurnOf::Done { person, turn } => return Ok(Some((person, turn))),
            TurnOf::Waiting { person } => person,
        };
        // Somebody who missed news looks again: that is all that news are for.
        tokio::time::timeout(LOOK, heard_of(turns, person)).await.ok();
    }
}

async fn heard_of(turns: &mut Receiver<Uuid>, person: Uuid) {
    loop {
        match turns.recv().await {
            Ok(other) if other != person => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}
