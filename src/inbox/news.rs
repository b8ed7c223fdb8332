//! News that no person said: a colleague's answer from the phone, a new number, a switch of the provider's, the state
//! of our own account. Each is durable with the request that brought it.

use tracing::{info, warn};
use uuid::Uuid;
use ventanilla_adapters::{
    AccountKind, AccountNews, Body, Channel, ConsentNews, Echo, Event, IdentityChange, Inbound, Severity,
};

use super::{Delivered, InboxError};
use crate::{
    app::App,
    consent,
    store::{self, Unit},
};

/// Everything in a request but messages and statuses. Gives back what is to be stored as a message.
pub(super) async fn keep(
    app: &App,
    unit: &Unit,
    delivered: &Delivered<'_>,
    now: i64,
) -> Result<(), InboxError> {
    for event in &delivered.events {
        match event {
            // Both have ways of their own; an echo goes the way of a message.
            Event::Message(_) | Event::Status(_) | Event::Echo(_) => {}
            Event::Identity(change) => moved(app, unit, change, now).await?,
            Event::Consent(news) => consented(app, unit, news, now).await?,
            Event::Account(news) => account(app, unit, delivered.channel, news, now).await?,
        }
    }
    Ok(())
}

/// Whether a request holds any.
pub(super) fn any(events: &[Event]) -> bool {
    events.iter().any(|event| matches!(event, Event::Identity(_) | Event::Consent(_) | Event::Account(_)))
}

/// What a colleague wrote takes its place in the talk as a message of its own kind.
pub(super) fn as_message(echo: &Echo) -> Inbound {
    let text = match &echo.body {
        Body::Text { text } => Some(text.clone()),
        Body::Media(media) => media.caption.clone(),
        _ => None,
    };
    Inbound {
        id: echo.id.clone(),
        channel: echo.to.address.channel,
        account: echo.to.address.account.clone(),
        from: echo.to.clone(),
        sent_at: echo.sent_at,
        body: Body::Echo { text },
        reply_to: None,
        referral: None,
        forwarded: false,
    }
}

async fn moved(app: &App, unit: &Unit, change: &IdentityChange, now: i64) -> Result<(), InboxError> {
    let person = store::people::move_to(unit, &change.was, &change.now, &app.ids, now).await?;
    metrics::counter!("ventanilla_identity_changes_total").increment(1);
    match person {
        Some(person) => {
            info!(person.id = %person, number = change.number, "person {person} has a new key and must prove who they are")
        }
        None => info!("somebody unknown has a new key"),
    }
    Ok(())
}

async fn consented(app: &App, unit: &Unit, news: &ConsentNews, now: i64) -> Result<(), InboxError> {
    let person: Uuid = store::people::resolve(unit, &news.from, &app.ids, now).await?;
    consent::provider_told(app, unit, person, news, now).await?;
    Ok(())
}

async fn account(
    app: &App,
    unit: &Unit,
    channel: Channel,
    news: &AccountNews,
    now: i64,
) -> Result<(), InboxError> {
    if let (AccountKind::Template, Some(name)) = (news.kind, &news.about) {
        store::templates::note(unit, channel, name, &news.state, now).await?;
    }
    let new = store::notices::note(unit, app.ids.next(), channel, news, now).await?;
    let labels = [("channel", channel.as_str().to_owned()), ("state", news.state.clone())];
    metrics::counter!("ventanilla_account_news_total", &labels).increment(1);
    let alert = new && news.severity > Severity::Info;
    let (kind, state) = (news.kind, news.state.as_str());
    if alert {
        warn!(
            ?kind,
            state, alert, "news of the {channel} account: {}; see `ventanilla notices`", news.sentence
        );
    } else {
        info!(?kind, state, "news of the {channel} account: {}", news.sentence);
    }
    Ok(())
}
