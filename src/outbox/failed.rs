//! What becomes of a reply that the provider refused: once more, in another spelling, by another channel, kept until
//! the person writes, or given up with the sentence that an agent sees.

use tracing::warn;
use uuid::Uuid;
use ventanilla_adapters::{
    AccountKind, AccountNews, Adapter, Fault, Message, Retry, SendError, Severity, StatusUpdate,
};

use super::{Step, fallback::fall_back, keep::keep, render};
use crate::{
    app::App,
    clock::millis,
    store::{self, StoreError, outbox::Pending},
};

/// A message with a picture is tried so often; then its words go alone.
const PICTURE_TRIES: i64 = 2;
/// Meta's window sometimes answers wrongly: one more try, so many milliseconds later.
const WINDOW_RETRY: i64 = 2_000;
/// 4 to the power of this is the longest pause for one person, in seconds.
const PAIR_TOP: u32 = 5;

/// After a refusal of the provider.
pub(super) async fn fail(
    app: &App,
    person: Uuid,
    reply: &Pending,
    adapter: &dyn Adapter,
    error: &SendError,
    now: i64,
) -> Result<Step, StoreError> {
    count(reply, error);
    if let Some(address) = adapter.respell(&reply.address, error).filter(|other| *other != reply.address) {
        let unit = app.store.unit().await?;
        store::kept::respell(&unit, reply.id, &address, now).await?;
        unit.commit().await?;
        return Ok(Step::LookAgain);
    }
    if error.fault == Fault::Account {
        return stop(app, reply, error, now).await;
    }
    if error.fault == Fault::Window {
        return window(app, person, reply, error, now).await;
    }
    if matches!(reply.message, Message::Media { .. }) && !may_retry(reply, error) {
        return words_alone(app, reply, now).await;
    }
    match pause(app, reply, error) {
        Some(wait) => again(app, reply, error, now + wait, now).await,
        None => lost(app, person, reply, error, now).await,
    }
}

fn count(reply: &Pending, error: &SendError) {
    let code = error.code.unwrap_or(0).to_string();
    let labels = [("channel", reply.address.channel.as_str().to_owned()), ("code", code)];
    metrics::counter!("ventanilla_send_errors_total", &labels).increment(1);
}

fn may_retry(reply: &Pending, error: &SendError) -> bool {
    error.retry != Retry::Never && reply.attempts < PICTURE_TRIES
}

/// Milliseconds until the next try; `None`: no more.
fn pause(app: &App, reply: &Pending, error: &SendError) -> Option<i64> {
    match error.retry {
        Retry::Never => None,
        Retry::Backoff => Some(super::send::backoff(app, reply.attempts)),
        Retry::Pair => {
            let power = u32::try_from(reply.attempts).unwrap_or(PAIR_TOP).min(PAIR_TOP);
            Some(1000 * 4_i64.pow(power))
        }
        Retry::After(wait) => Some(millis(wait)),
    }
}

async fn again(app: &App, reply: &Pending, error: &SendError, at: i64, now: i64) -> Result<Step, StoreError> {
    warn!(
        outbox.id = %reply.id, trace = reply.trace, error.code = error.code,
        "reply {} was refused, again in {} ms: {}", reply.id, at - now, error.sentence
    );
    let unit = app.store.single().await?;
    store::outbox::retry(&*unit, reply.id, error, at, now).await?;
    unit.commit().await?;
    Ok(Step::LookAgain)
}

/// Nothing goes from this account any more until it works: the queue is not burnt against a closed door.
async fn stop(app: &App, reply: &Pending, error: &SendError, now: i64) -> Result<Step, StoreError> {
    let asked = if let Retry::After(wait) = error.retry { millis(wait) } else { 0 };
    let address = &reply.address;
    let (until, new) = app.stops.stop(address.channel, &address.account, asked, now);
    if new {
        let unit = app.store.unit().await?;
        let news = account_news(&address.account, error);
        store::notices::note(&unit, app.ids.next(), address.channel, &news, now).await?;
        unit.commit().await?;
        let channel = address.channel.as_str();
        metrics::counter!("ventanilla_account_stops_total", "channel" => channel).increment(1);
        tracing::error!(
            error.code = error.code,
            alert = true,
            "the {channel} account cannot send; what waits is kept: {}",
            error.sentence
        );
    }
    again(app, reply, error, until, now).await
}

fn account_news(account: &str, error: &SendError) -> AccountNews {
    AccountNews {
        account: account.to_owned(),
        kind: AccountKind::Access,
        severity: Severity::Critical,
        about: None,
        state: error.code.map_or_else(|| "unknown".to_owned(), |code| code.to_string()),
        sentence: error.sentence.clone(),
    }
}

async fn window(
    app: &App,
    person: Uuid,
    reply: &Pending,
    error: &SendError,
    now: i64,
) -> Result<Step, StoreError> {
    let looks_open = reply.window_until.is_some_and(|until| now <= until);
    if looks_open && reply.attempts == 0 {
        return again(app, reply, error, now + WINDOW_RETRY, now).await;
    }
    keep(app, person, reply, Some(error), now).await
}

/// The picture does not arrive; what it shows can be said.
async fn words_alone(app: &App, reply: &Pending, now: i64) -> Result<Step, StoreError> {
    let text = Message::Text { text: render::in_words(&reply.message) };
    let unit = app.store.unit().await?;
    let tried = reply.tried.clone().unwrap_or_default();
    store::kept::reroute(&unit, reply.id, (&reply.address, &text), &tried, reply.window_until, now).await?;
    unit.commit().await?;
    Ok(Step::LookAgain)
}

/// Not by this channel, then.
async fn lost(
    app: &App,
    person: Uuid,
    reply: &Pending,
    error: &SendError,
    now: i64,
) -> Result<Step, StoreError> {
    if error.fault == Fault::OptedOut {
        opted_out(app, person, reply, error, now).await?;
    }
    if error.fault == Fault::Recipient
        && let Some(step) = fall_back(app, person, reply, now).await?
    {
        return Ok(step);
    }
    give_up(app, reply, error, now).await
}

/// The provider knows of an opt-out that we did not: the ledger follows.
async fn opted_out(
    app: &App,
    person: Uuid,
    reply: &Pending,
    error: &SendError,
    now: i64,
) -> Result<(), StoreError> {
    let unit = app.store.unit().await?;
    crate::consent::provider_refused(app, &unit, person, reply, error.code, now).await?;
    unit.commit().await
}

pub(super) async fn give_up(
    app: &App,
    reply: &Pending,
    error: &SendError,
    now: i64,
) -> Result<Step, StoreError> {
    let unit = app.store.single().await?;
    store::outbox::failed(&*unit, reply.id, error, now).await?;
    unit.commit().await?;
    let alert = reply.doubtful || matches!(error.fault, Fault::Account | Fault::Template);
    warn!(
        outbox.id = %reply.id, trace = reply.trace, error.code = error.code, alert,
        "reply {} is given up: {}", reply.id, error.sentence
    );
    metrics::counter!("ventanilla_given_up_total", "channel" => reply.address.channel.as_str()).increment(1);
    Ok(Step::Next)
}

/// A reply that was taken and failed later: the same ways are open to it.
///
/// # Errors
/// When the database fails.
pub async fn refused_later(app: &App, status: &StatusUpdate, error: &SendError) -> Result<(), StoreError> {
    let now = app.clock.now();
    let Some((person, reply)) = store::kept::failed(app.store.read(), status).await? else { return Ok(()) };
    match error.fault {
        Fault::Recipient => {
            fall_back(app, person, &reply, now).await?;
        }
        Fault::OptedOut => opted_out(app, person, &reply, error, now).await?,
        Fault::Window => {
            keep(app, person, &reply, Some(error), now).await?;
        }
        Fault::Account => {
            app.stops.stop(reply.address.channel, &reply.address.account, 0, now);
        }
        Fault::Provider | Fault::Template | Fault::Message => {}
    }
    Ok(())
}
