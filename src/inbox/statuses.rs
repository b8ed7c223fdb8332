//! The provider's news of replies that were sent: filed with the replies they speak of.

use std::{collections::HashMap, sync::atomic::Ordering};

use tracing::warn;
use uuid::Uuid;
use ventanilla_adapters::{DeliveryState, Fault, SendError, StatusUpdate};

use super::InboxError;
use crate::{
    app::App,
    store::{
        self,
        statuses::{Applied, News},
    },
};

/// Statuses in one statement.
const CHUNK: usize = 32;

/// Makes statuses durable. Gives the people whose outbox may have waited for this news.
pub(super) async fn keep(app: &App, statuses: &[&StatusUpdate], now: i64) -> Result<Vec<Uuid>, InboxError> {
    for status in statuses {
        let labels = [("channel", status.channel.as_str()), ("state", status.state.as_str())];
        metrics::counter!("ventanilla_statuses_total", &labels).increment(1);
    }
    tell_the_log(app, statuses);
    let (best, strange) = best(app, statuses);
    let mut blocked = Vec::new();
    let mut left: Vec<&StatusUpdate> = strange;
    for chunk in best.chunks(CHUNK) {
        let single = app.store.single().await?;
        let applied = store::statuses::apply_many(&*single, chunk, now).await?;
        single.commit().await?;
        let known: HashMap<Uuid, Uuid> = applied.into_iter().collect();
        left.extend(chunk.iter().filter(|news| !known.contains_key(&news.id)).map(|news| news.status));
        blocked.extend(known.into_values().filter(|person| app.waiting_replies.contains(*person)));
    }
    blocked.extend(keep_one_by_one(app, &left, now).await?);
    find_other_ways(app, statuses).await?;
    Ok(blocked)
}

/// A reply that was taken and not delivered may go by another channel, or wait for the person.
async fn find_other_ways(app: &App, statuses: &[&StatusUpdate]) -> Result<(), InboxError> {
    for status in statuses.iter().filter(|status| status.state == DeliveryState::Failed) {
        if let Some(error) = explained(app, status) {
            crate::outbox::refused_later(app, status, &error).await?;
        }
    }
    Ok(())
}

/// A message that was not delivered is nobody's secret; an account that cannot send is an alert.
fn tell_the_log(app: &App, statuses: &[&StatusUpdate]) {
    for status in statuses {
        let Some(error) = explained(app, status) else { continue };
        let alert = error.fault == Fault::Account;
        let reference = status.reference.as_deref().unwrap_or("unknown");
        warn!(
            outbox.id = reference,
            error.code = error.code,
            alert,
            "reply {reference} failed: {}",
            error.sentence
        );
    }
}

/// The furthest status of each reply that is known by our reference, and those that are not.
fn best<'s>(app: &App, statuses: &[&'s StatusUpdate]) -> (Vec<News<'s>>, Vec<&'s StatusUpdate>) {
    let mut best: HashMap<Uuid, &StatusUpdate> = HashMap::new();
    let mut strange = Vec::new();
    for status in statuses {
        match status.reference.as_deref().and_then(|text| Uuid::parse_str(text).ok()) {
            Some(id) => {
                let known = best.entry(id).or_insert(status);
                if known.state.after(status.state) != known.state {
                    *known = status;
                }
            }
            None => strange.push(*status),
        }
    }
    let news = best.into_iter().map(|(id, status)| News { id, status, error: explained(app, status) });
    (news.collect(), strange)
}

/// What said nothing new, came without our reference, or came too early.
async fn keep_one_by_one(app: &App, statuses: &[&StatusUpdate], now: i64) -> Result<Vec<Uuid>, InboxError> {
    if statuses.is_empty() {
        return Ok(Vec::new());
    }
    let unit = app.store.unit().await?;
    let mut blocked = Vec::new();
    for status in statuses {
        let error = explained(app, status);
        match store::statuses::apply(&unit, status, error.as_ref(), app.ids.next(), now).await? {
            Applied::To(person) if app.waiting_replies.contains(person) => blocked.push(person),
            Applied::Held => app.held_statuses.store(true, Ordering::Relaxed),
            Applied::To(_) | Applied::Stale => {}
        }
    }
    unit.commit().await?;
    Ok(blocked)
}

/// What a failure means: the same words as if the provider had said it at once.
pub fn explained(app: &App, status: &StatusUpdate) -> Option<SendError> {
    let error = status.error.as_ref()?;
    Some(app.channels.get(status.channel)?.explain(error))
}
