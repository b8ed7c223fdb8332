//! The path of a message, on one page:
//!
//! adapters -> inbox -> conversation -> understanding -> dialogue -> actions -> outbox -> adapters
//!
//! A webhook's handler runs [`accept`]; the workers run [`converse`] and [`send`], woken person by person.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use uuid::Uuid;
use ventanilla_adapters::{Adapter, Reception, Refusal};

use crate::{
    app::App,
    conversation::{self, TurnError},
    inbox::{self, Delivered, InboxError},
    outbox,
    store::StoreError,
};

#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// Not to be trusted.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Genuine, but it cannot be made durable now: the provider must deliver it again.
    #[error(transparent)]
    NotKept(#[from] InboxError),
}

/// adapters -> inbox: verified, translated, made durable. Only then is the provider told 200.
///
/// # Errors
/// See [`AcceptError`].
pub async fn accept(
    app: &Arc<App>,
    adapter: &dyn Adapter,
    request: &Request<Bytes>,
    trace: &str,
) -> Result<Response<Bytes>, AcceptError> {
    let Reception { events, quarantined, response, awaits, ignored } = adapter.receive(request)?;
    metrics::counter!("ventanilla_ignored_total", "channel" => adapter.channel().as_str())
        .increment(ignored as u64);
    let delivered = Delivered { channel: adapter.channel(), events, quarantined, raw: request.body(), trace };
    let kept = inbox::receive(app, delivered);
    match awaits {
        Some(awaited) => Ok(outbox::speak(app, adapter, request, awaited, kept).await),
        None => {
            kept.await?;
            Ok(response)
        }
    }
}

/// inbox -> conversation -> understanding -> dialogue -> actions -> outbox: the turns of one person.
///
/// # Errors
/// When the database fails; what waits still waits.
pub async fn converse(app: &Arc<App>, person: Uuid) -> Result<(), TurnError> {
    conversation::attend(app, person).await
}

/// outbox -> adapters: the replies of one person.
///
/// # Errors
/// When the database fails; what is to go still is.
pub async fn send(app: &Arc<App>, person: Uuid) -> Result<(), StoreError> {
    outbox::deliver(app, person).await
}
