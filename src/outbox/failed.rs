//! What becomes of a reply that the provider refused: once more, in another spelling, by another channel, kept until
//! the person writes, or given up with the sentence that an agent sees.

use tracing::warn;
use uuid::Uuid;
use ventanilla_adapters::{AccountKind, AccountNews, Adapter, Fault, Message, Retry, SendError, Severity};

use super::{
    Step,
    fallback::{fall_back, secrets},
    keep::keep,
    render,
};
use crate::{
    app::App,
    clock::millis,
    store::{self, StoreError, kept::Way, outbox::Pending},
};

/// A message with a picture is tried so often; then its words go alone.
const PICTURE_TRIES: i64 = 2;
/// Meta's window sometimes answers wrongly: one more try, so many milliseconds later.
const WINDOW_RETRY: i64 = 2_000;
/// Tries of a reply that the provider answers with an error of its own: then it is not for the moment.
const TRIES: i64 = 5;
/// Meta's codes that are worth fewer: an unknown fault of theirs (131000) and of the API (1).
const FEWER_TRIES: [(i64, i64); 2] = [(131_000, 3), (1, 2)];
/// Too many messages at once: nothing is wrong with the message, so it waits as long as any other (Meta 130429; Twilio
/// 14107, 20429, 63018).
const TOO_MANY: [i64; 4] = [130_429, 14_107, 20_429, 63_018];
/// Meta lets no more promotion through to this person (an experiment of theirs; enough for today): it asks not to try
/// again, and by another channel it would be what they are protected from.
const PROMOTION_LIMITS: [i64; 2] = [130_472, 131_049];
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
        return stop(app, person, reply, error, now).await;
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

pub(super) fn may_retry(reply: &Pending, error: &SendError) -> bool {
    error.retry != Retry::Never && reply.attempts < PICTURE_TRIES
}

fn most_tries(error: &SendError) -> i64 {
    let Some(code) = error.code.filter(|code| !TOO_MANY.contains(code)) else { return i64::MAX };
    FEWER_TRIES.iter().find(|(known, _)| *known == code).map_or(TRIES, |(_, tries)| *tries)
}

pub(super) fn is_promotion_limit(error: &SendError) -> bool {
    error.code.is_some_and(|code| PROMOTION_LIMITS.contains(&code))
}

/// Milliseconds until the next try; `None`: no more.
pub(super) fn pause(app: &App, reply: &Pending, error: &SendError) -> Option<i64> {
    match error.retry {
        Retry::Never => None,
        _ if is_promotion_limit(error) => None,
        Retry::Backoff if reply.attempts + 1 >= most_tries(error) => None,
        Retry::Backoff => Some(super::send::backoff(app, reply.attempts)),
        Retry::Pair => {
            let power = u32::try_from(reply.attempts).unwrap_or(PAIR_TOP).min(PAIR_TOP);
            Some(1000 * 4_i64.pow(power))
        }
        Retry::After(wait) => Some(millis(wait)),
    }
}

pub(super) async fn again(
    app: &App,
    reply: &Pending,
    error: &SendError,
    at: i64,
    now: i64,
) -> Result<Step, StoreError> {
    warn!(
        outbox.id = %reply.id, trace = reply.trace, error.code = error.code,
        "reply {} was refused, again in {} ms: {}", reply.id, at - now, error.sentence
    );
    let unit = app.store.single().await?;
    store::outbox::retry(&*unit, reply.id, error, at, now).await?;
    unit.commit().await?;
    Ok(Step::LookAgain)
}

/// Nothing goes from this account any more until it works: the queue is not burnt against a closed door. The reply goes
/// another way where there is one, else it waits.
async fn stop(
    app: &App,
    person: Uuid,
    reply: &Pending,
    error: &SendError,
    now: i64,
) -> Result<Step, StoreError> {
    let until = note_stop(app, reply, error, now).await?;
    match fall_back(app, person, reply, now).await? {
        Some(step) => Ok(step),
        None => again(app, reply, error, until, now).await,
    }
}

/// Until when the account rests (Unix ms). Staff are told once.
pub(super) async fn note_stop(
    app: &App,
    reply: &Pending,
    error: &SendError,
    now: i64,
) -> Result<i64, StoreError> {
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
    Ok(until)
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
pub(super) async fn words_alone(app: &App, reply: &Pending, now: i64) -> Result<Step, StoreError> {
    let text = Message::Text { text: render::in_words(&reply.message) };
    let masked = render::masked(&text, &secrets(reply));
    let way = Way {
        address: &reply.address,
        message: &text,
        masked: masked.as_ref(),
        tried: reply.tried.as_deref().unwrap_or_default(),
        window_until: reply.window_until,
    };
    let unit = app.store.unit().await?;
    store::kept::reroute(&unit, reply.id, &way, now).await?;
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
        && !is_promotion_limit(error)
        && let Some(step) = fall_back(app, person, reply, now).await?
    {
        return Ok(step);
    }
    give_up(app, reply, error, now).await
}

/// The provider knows of an opt-out that we did not: the ledger follows.
pub(super) async fn opted_out(
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
