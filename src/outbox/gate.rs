//! Whether a reply may go now: the account works, the window is open, and the provider takes another message.

use uuid::Uuid;
use ventanilla_adapters::{Message, capabilities};

use crate::{
    app::App,
    clock::millis,
    store::{
        self, StoreError,
        conversations::{Conversation, Window},
        outbox::Pending,
    },
};

pub(super) enum Gate {
    Open,
    /// The account is stopped until then.
    Stopped(i64),
    /// Too fast: so many milliseconds early.
    Early(i64),
    /// Free text may not go: the person wrote too long ago.
    WindowClosed,
}

pub(super) async fn gate(app: &App, person: Uuid, reply: &Pending, now: i64) -> Result<Gate, StoreError> {
    let (channel, account) = (reply.address.channel, reply.address.account.as_str());
    if is_closed(reply, now) && !reopened(app, person, reply, now).await? {
        return Ok(Gate::WindowClosed);
    }
    if let Some(until) = app.stops.ask(channel, account, now) {
        return Ok(Gate::Stopped(until));
    }
    match app.paces.take(channel, account, person) {
        Ok(()) => Ok(Gate::Open),
        Err(wait) => Ok(Gate::Early(wait)),
    }
}

fn is_closed(reply: &Pending, now: i64) -> bool {
    let template = matches!(reply.message, Message::Template { .. });
    !template && reply.window_until.is_some_and(|until| now > until)
}

/// They may have written since the reply was stored.
async fn reopened(app: &App, person: Uuid, reply: &Pending, now: i64) -> Result<bool, StoreError> {
    let conversation = store::conversations::load(app.store.read(), person).await?;
    Ok(window_until(&conversation, reply).is_some_and(|until| now <= until))
}

fn window_until(conversation: &Conversation, reply: &Pending) -> Option<i64> {
    let window = capabilities(reply.address.channel).window?;
    let opened = conversation.window.as_ref().filter(|opened| opened.account == reply.address.account)?;
    Some(opened.opened_at + millis(window))
}

/// Until when free text may go to an address, Unix ms; `None` where the channel has no window. Meta: it opens with the
/// moment a message was sent, not with its arrival.
pub fn until(channel: ventanilla_adapters::Channel, account: &str, opened: Option<&Window>) -> Option<i64> {
    let window = capabilities(channel).window?;
    let opened_at = opened.filter(|opened| opened.account == account).map_or(0, |opened| opened.opened_at);
    Some(opened_at + millis(window))
}
