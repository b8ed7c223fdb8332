//! The inbox: what a webhook brought becomes durable here, before anybody is told 200.
//!
//! Called by the webhook handlers with what an adapter understood. Drops duplicates by (channel account, provider
//! message id), files statuses with the replies they speak of, and wakes the people concerned. It decides nothing.

mod known;

use bytes::Bytes;
use tracing::{info, instrument, warn};
use uuid::Uuid;
use ventanilla_adapters::{Channel, Event, Inbound, Quarantined, SendError, StatusUpdate};

use crate::{
    app::App,
    keyring::KeyringError,
    store::{self, StoreError, Unit, statuses::Applied},
};

pub use known::KnownSenders;

#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
}

/// One webhook request, understood.
#[derive(Debug)]
pub struct Delivered<'a> {
    pub channel: Channel,
    pub events: Vec<Event>,
    pub quarantined: Vec<Quarantined>,
    /// The bytes as received.
    pub raw: &'a Bytes,
    /// The request's id, which goes with the message all its way.
    pub trace: &'a str,
}

/// Makes a request durable. When this returns, nothing of it can be lost.
///
/// # Errors
/// When the database cannot write now: the provider must deliver again (503).
#[instrument(name = "inbox", skip_all, fields(trace = delivered.trace, channel = %delivered.channel))]
pub async fn receive(app: &App, delivered: Delivered<'_>) -> Result<(), InboxError> {
    let now = app.clock.now();
    let unit = app.store.unit().await?;
    let raw = keep_raw(app, &unit, &delivered, now).await?;
    let mut woken = Vec::new();
    let mut blocked = Vec::new();
    for event in &delivered.events {
        match event {
            Event::Message(inbound) => {
                woken.extend(keep_message(app, &unit, inbound, raw, &delivered, now).await?)
            }
            Event::Status(status) => blocked.extend(keep_status(app, &unit, status, now).await?),
        }
    }
    keep_quarantined(app, &unit, &delivered, now).await?;
    unit.commit().await?;
    for (inbound, person) in woken {
        app.known_senders.remember(&inbound.from, person);
        app.bus.conversations.wake(person);
    }
    for person in blocked {
        app.bus.outbox.wake(person);
    }
    Ok(())
}

/// The sealed bytes of requests that bring messages; statuses are not worth keeping twice.
async fn keep_raw(
    app: &App,
    unit: &Unit,
    delivered: &Delivered<'_>,
    now: i64,
) -> Result<Option<Uuid>, InboxError> {
    if !delivered.events.iter().any(|event| matches!(event, Event::Message(_))) {
        return Ok(None);
    }
    let id = app.ids.next();
    let sealed = app.keyring.seal(delivered.raw, &app.ids)?;
    store::raws::insert(unit, id, delivered.channel, None, sealed, now).await?;
    Ok(Some(id))
}

/// Gives the person to wake, unless the message was here already.
async fn keep_message<'e>(
    app: &App,
    unit: &Unit,
    inbound: &'e Inbound,
    raw: Option<Uuid>,
    delivered: &Delivered<'_>,
    now: i64,
) -> Result<Option<(&'e Inbound, Uuid)>, InboxError> {
    let person = match app.known_senders.find(&inbound.from) {
        Some(person) => person,
        None => store::people::resolve(unit, &inbound.from, &app.ids, now).await?,
    };
    let id = app.ids.next();
    let kind = inbound.body.kind();
    if store::inbox::insert(unit, id, person, inbound, raw, delivered.trace, now).await? {
        metrics::counter!("ventanilla_inbound_total", "channel" => delivered.channel.as_str(), "kind" => kind)
            .increment(1);
        info!(inbox.id = %id, kind, "message {id} is in the inbox");
        return Ok(Some((inbound, person)));
    }
    metrics::counter!("ventanilla_duplicates_total", "channel" => delivered.channel.as_str()).increment(1);
    Ok(None)
}

/// Gives the person whose outbox may have waited for this news.
async fn keep_status(
    app: &App,
    unit: &Unit,
    status: &StatusUpdate,
    now: i64,
) -> Result<Option<Uuid>, InboxError> {
    let state = status.state.as_str();
    metrics::counter!("ventanilla_statuses_total", "channel" => status.channel.as_str(), "state" => state)
        .increment(1);
    match store::statuses::apply(unit, status, explained(app, status).as_ref(), app.ids.next(), now).await? {
        Applied::To(person) => Ok(app.waiting_replies.contains(person).then_some(person)),
        Applied::Stale | Applied::Held => Ok(None),
    }
}

/// What a failure means: the same words as if the provider had said it at once.
pub fn explained(app: &App, status: &StatusUpdate) -> Option<SendError> {
    let error = status.error.as_ref()?;
    Some(app.channels.get(status.channel)?.explain(error))
}

async fn keep_quarantined(
    app: &App,
    unit: &Unit,
    delivered: &Delivered<'_>,
    now: i64,
) -> Result<(), InboxError> {
    for part in &delivered.quarantined {
        let id = app.ids.next();
        let sealed = app.keyring.seal(&part.raw, &app.ids)?;
        store::raws::insert(unit, id, delivered.channel, Some(&part.reason), sealed, now).await?;
        metrics::counter!("ventanilla_quarantined_total", "channel" => delivered.channel.as_str())
            .increment(1);
        warn!(
            quarantine.id = %id, alert = true,
            "part of a webhook could not be read and is kept as {id}: {}; see `ventanilla quarantine`", part.reason
        );
    }
    Ok(())
}
