//! What the dialplan tells us of a call by HTTP: that it is coming, and what became of it after it was passed on.
//! AudioSocket itself knows no caller and no password. Called by `http/audiosocket.rs`, which has checked the secret.

use std::sync::Arc;

use bytes::Bytes;
use tracing::{info, warn};
use uuid::Uuid;
use ventanilla_adapters::{
    Channel, Event, Inbound,
    audiosocket::{Announcement, Call, Exchange, NotOurs, Outcome},
};

use super::calls::Refused;
use crate::{
    app::App,
    inbox::{self, Delivered, InboxError},
};

/// Milliseconds that a call has to connect: the dialplan does it at once.
const CONNECTS_WITHIN: i64 = 60_000;

/// Why a call is not taken. The dialplan goes on without us.
#[derive(Debug, thiserror::Error)]
pub enum AnnounceError {
    #[error("the announcement of a call cannot be read: send from= and to= as a form")]
    Unreadable,
    #[error(transparent)]
    NotOurs(#[from] NotOurs),
    #[error("there is a call with this uuid already")]
    Known,
    #[error("there is no such call, or it is not where this could happen to it")]
    Unknown,
    #[error("there are as many calls as audiosocket.most_calls allows")]
    Full,
    #[error(transparent)]
    NotKept(#[from] InboxError),
}

/// A call is coming: it is stored like any message before this returns, and what it hears first is made while it
/// connects. Gives its id, the caller's own where there was one.
///
/// # Errors
/// See [`AnnounceError`].
pub async fn announce(app: &Arc<App>, body: &Bytes, trace: &str) -> Result<Uuid, AnnounceError> {
    let announced = Announcement::read(body).ok_or(AnnounceError::Unreadable)?;
    let id = match announced.uuid.as_deref() {
        Some(text) => Uuid::parse_str(text).map_err(|_| AnnounceError::Unreadable)?,
        None => uuid::Builder::from_random_bytes(app.ids.bytes()).into_uuid(),
    };
    let set = &app.config.audiosocket;
    let call = Call::new(&Exchange { numbers: set.numbers.clone() }, id.simple().to_string(), &announced)?;
    let now = app.clock.now();
    app.calls.announce(id, call.clone(), now, set.most_calls).map_err(|refused| match refused {
        Refused::Known => AnnounceError::Known,
        Refused::Full => AnnounceError::Full,
    })?;
    if let Err(err) = keep(app, vec![call.started()], body, trace).await {
        app.calls.expire(id, now);
        return Err(err.into());
    }
    info!(trace, call.id = %id, "call {id} is announced");
    await_line(app, id, now);
    Ok(id)
}

/// What became of a call that was passed on.
///
/// # Errors
/// When it is none that this can have happened to, or cannot be stored now.
pub async fn outcome(
    app: &Arc<App>,
    id: Uuid,
    outcome: Outcome,
    body: &Bytes,
    trace: &str,
) -> Result<(), AnnounceError> {
    let now = app.clock.now();
    let told = match outcome {
        Outcome::Unattended => {
            let call = app.calls.come_back(id, now).ok_or(AnnounceError::Unknown)?;
            await_line(app, id, now);
            vec![call.passed_on(false)]
        }
        // Asterisk tells the end of every call (`h`): of most we heard it on the line already.
        Outcome::Attended | Outcome::Ended => match app.calls.end(id, now) {
            Some(call) if outcome == Outcome::Attended => vec![call.passed_on(true), call.ended()],
            Some(call) => vec![call.ended()],
            None if app.calls.stage(id).is_some() => return Ok(()),
            None => return Err(AnnounceError::Unknown),
        },
    };
    keep(app, told, body, trace).await?;
    info!(trace, call.id = %id, "call {id} was passed on: {outcome:?}");
    Ok(())
}

/// Makes what happened in a call durable, as a webhook is.
pub(super) async fn keep(
    app: &App,
    messages: Vec<Inbound>,
    raw: &Bytes,
    trace: &str,
) -> Result<(), InboxError> {
    let events = messages.into_iter().map(Event::Message).collect();
    inbox::receive(app, Delivered { channel: Channel::Voice, events, quarantined: Vec::new(), raw, trace })
        .await
}

/// A call that does not connect is over: the caller hung up on the way.
fn await_line(app: &Arc<App>, id: Uuid, since: i64) {
    let waiter = Arc::clone(app);
    app.tasks.spawn(async move {
        tokio::select! {
            () = waiter.clock.sleep_until(since + CONNECTS_WITHIN) => {}
            () = waiter.stop.cancelled() => return,
        }
        let Some(call) = waiter.calls.expire(id, since) else { return };
        info!(call.id = %id, "call {id} was announced and did not connect");
        if let Err(err) = keep(&waiter, vec![call.ended()], &Bytes::new(), call.id()).await {
            warn!("the end of a call could not be stored: {err}");
        }
    });
}
