//! The inbox: what a webhook brought becomes durable here, before anybody is told 200.
//!
//! Called by the webhook handlers with what an adapter understood. Drops duplicates by (channel account, provider
//! message id), files statuses with the replies they speak of, and wakes the people concerned. It decides nothing.

mod known;
mod news;
mod statuses;

use bytes::Bytes;
use sea_orm::ConnectionTrait;
use tracing::{info, instrument, warn};
use uuid::Uuid;
use ventanilla_adapters::{Channel, Event, Inbound, Quarantined, StatusUpdate};

use crate::{
    app::App,
    keyring::{KeyringError, Sealed},
    store::{self, StoreError, Unit},
};

pub use known::KnownSenders;
pub use statuses::explained;

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
    let echoes: Vec<Inbound> = delivered.events.iter().filter_map(echo).collect();
    let (mut messages, statuses) = sorted(&delivered.events);
    messages.extend(&echoes);
    let (woken, moved) = keep_messages(app, &delivered, &messages, now).await?;
    if moved {
        // Some key leads to somebody else now; nothing that was looked up before the commit holds.
        app.known_senders.forget_all();
    }
    let blocked = statuses::keep(app, &statuses, now).await?;
    for (inbound, person) in woken {
        if !moved {
            app.known_senders.remember(&inbound.from, person);
        }
        app.bus.conversations.wake(person);
    }
    for person in blocked {
        app.bus.outbox.wake(person);
    }
    Ok(())
}

fn sorted(events: &[Event]) -> (Vec<&Inbound>, Vec<&StatusUpdate>) {
    let messages = events.iter().filter_map(|event| match event {
        Event::Message(inbound) => Some(inbound),
        _ => None,
    });
    let statuses = events.iter().filter_map(|event| match event {
        Event::Status(status) => Some(status),
        _ => None,
    });
    (messages.collect(), statuses.collect())
}

fn echo(event: &Event) -> Option<Inbound> {
    if let Event::Echo(echo) = event { Some(news::as_message(echo)) } else { None }
}

/// Gives the people to wake, and whether some key leads to another person than before. One message of somebody known,
/// the usual case, is one statement; everything else of a request is one transaction.
async fn keep_messages<'e>(
    app: &App,
    delivered: &Delivered<'_>,
    messages: &[&'e Inbound],
    now: i64,
) -> Result<(Vec<(&'e Inbound, Uuid)>, bool), InboxError> {
    let news = news::any(&delivered.events);
    if let ([inbound], [], false) = (messages, delivered.quarantined.as_slice(), news)
        && let Some(person) = app.known_senders.find(&inbound.from)
    {
        let sealed = app.keyring.seal(delivered.raw, &app.ids)?;
        let single = app.store.single().await?;
        let new = keep_message(app, &*single, (inbound, person), Some(sealed), delivered, now).await?;
        single.commit().await?;
        return Ok((new.into_iter().collect(), false));
    }
    if messages.is_empty() && delivered.quarantined.is_empty() && !news {
        return Ok((Vec::new(), false));
    }
    let mut moved = news;
    let mut raw = Some(app.keyring.seal(delivered.raw, &app.ids)?);
    let unit = app.store.unit().await?;
    let mut woken = Vec::new();
    for inbound in messages {
        let person = match app.known_senders.find(&inbound.from) {
            Some(person) => person,
            None => {
                let (person, merged) =
                    store::people::resolve_noting(&unit, &inbound.from, &app.ids, now).await?;
                moved |= merged;
                person
            }
        };
        // The bytes of a request go with its first message.
        woken.extend(keep_message(app, &*unit, (inbound, person), raw.take(), delivered, now).await?);
    }
    news::keep(app, &unit, delivered, now).await?;
    keep_quarantined(app, &unit, delivered, now).await?;
    unit.commit().await?;
    Ok((woken, moved))
}

/// Gives back who is to be woken, unless the message was here already.
async fn keep_message<'e>(
    app: &App,
    on: &impl ConnectionTrait,
    (inbound, person): (&'e Inbound, Uuid),
    raw: Option<Sealed>,
    delivered: &Delivered<'_>,
    now: i64,
) -> Result<Option<(&'e Inbound, Uuid)>, InboxError> {
    let id = app.ids.next();
    let (channel, kind) = (delivered.channel.as_str(), inbound.body.kind());
    if store::inbox::insert(on, id, person, inbound, raw, delivered.trace, now).await? {
        metrics::counter!("ventanilla_inbound_total", "channel" => channel, "kind" => kind).increment(1);
        note_lag(channel, inbound, now);
        info!(inbox.id = %id, kind, "message {id} is in the inbox");
        return Ok(Some((inbound, person)));
    }
    metrics::counter!("ventanilla_duplicates_total", "channel" => channel).increment(1);
    Ok(None)
}

/// A median that drifts says that a clock is wrong: ours, for the provider has many.
#[expect(clippy::cast_precision_loss, reason = "a metric")]
fn note_lag(channel: &'static str, inbound: &Inbound, now: i64) {
    if let Some(sent_at) = inbound.sent_at {
        let lag = (now - sent_at) as f64 / 1000.0;
        metrics::histogram!("ventanilla_arrival_lag_seconds", "channel" => channel).record(lag);
    }
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
        store::raws::insert(unit, id, delivered.channel, &part.reason, sealed, now).await?;
        metrics::counter!("ventanilla_quarantined_total", "channel" => delivered.channel.as_str())
            .increment(1);
        warn!(
            quarantine.id = %id, alert = true,
            "part of a webhook could not be read and is kept as {id}: {}; see `ventanilla quarantine`", part.reason
        );
    }
    Ok(())
}
