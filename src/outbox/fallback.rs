//! Another way to a person who could not be reached: the next channel that they have and that may be used.

use uuid::Uuid;
use ventanilla_adapters::{Address, Channel, Message, Outbound, capabilities};
use ventanilla_values::Lang;

use super::{Step, gate, render};
use crate::{
    app::App,
    store::{
        self, StoreError, Unit,
        conversations::Conversation,
        outbox::{Author, NewReply, Pending},
    },
};

/// Channels on which a person can be written to without being there, in the order in which they are tried.
const REACHING: [Channel; 2] = [Channel::Whatsapp, Channel::Sms];
/// What does not fit one message of the other channel stands behind it.
const BEHIND: i64 = 2_000_000;

/// Sends a reply by another channel. `None` when there is none: private matters never leave theirs.
pub(super) async fn fall_back(
    app: &App,
    person: Uuid,
    reply: &Pending,
    now: i64,
) -> Result<Option<Step>, StoreError> {
    if reply.private {
        return Ok(None);
    }
    let conversation = store::conversations::load(app.store.read(), person).await?;
    let Some((address, window_until)) = other(app, &conversation, reply, now).await? else { return Ok(None) };
    let lang = conversation.session.as_ref().map_or(Lang::ES, |session| session.lang);
    let bubbles = render::again(&reply.message, capabilities(address.channel), lang);
    let Some((first, more)) = bubbles.split_first() else { return Ok(None) };
    let tried = tried(reply);
    let unit = app.store.unit().await?;
    if !store::kept::reroute(&unit, reply.id, (&address, first), &tried, window_until, now).await? {
        return Ok(None);
    }
    behind(app, &unit, person, reply, (&address, window_until), more, now).await?;
    unit.commit().await?;
    let (from, to) = (reply.address.channel.as_str(), address.channel.as_str());
    metrics::counter!("ventanilla_fallbacks_total", "from" => from, "to" => to).increment(1);
    tracing::info!(outbox.id = %reply.id, from, to, "reply {} goes by {to} instead of {from}", reply.id);
    app.bus.outbox.wake(person);
    Ok(Some(Step::LookAgain))
}

fn tried(reply: &Pending) -> String {
    let before = reply.tried.as_deref().filter(|before| !before.is_empty());
    before.into_iter().chain([reply.address.channel.as_str()]).collect::<Vec<_>>().join(",")
}

/// The first channel that the person has, that was not tried, and that may be used now.
async fn other(
    app: &App,
    conversation: &Conversation,
    reply: &Pending,
    now: i64,
) -> Result<Option<(Address, Option<i64>)>, StoreError> {
    let preferred = store::people::preferred(app.store.read(), conversation.person).await?;
    let before = tried(reply);
    let candidates = preferred.into_iter().chain(REACHING).filter(|channel| REACHING.contains(channel));
    for channel in candidates.filter(|channel| before.split(',').all(|name| name != channel.as_str())) {
        let Some(address) = address(app, conversation.person, channel).await? else { continue };
        let until = gate::until(channel, &address.account, conversation.window.as_ref());
        if until.is_none_or(|until| now <= until) && may_write(app, conversation.person, channel).await? {
            return Ok(Some((address, until)));
        }
    }
    Ok(None)
}

/// Where a person is written to on a channel: where they wrote from, or by their phone.
async fn address(app: &App, person: Uuid, channel: Channel) -> Result<Option<Address>, StoreError> {
    let Some(adapter) = app.channels.get(channel) else { return Ok(None) };
    let Some(phone) = store::people::phones(app.store.read(), person).await?.into_iter().next() else {
        return Ok(None);
    };
    let known = store::people::route_on(app.store.read(), person, channel).await?;
    let ours = adapter.accounts();
    let known = known.filter(|(account, _)| ours.contains(account));
    Ok(match (known, channel) {
        (Some((account, route)), _) => {
            let key = ventanilla_adapters::AddressKey::Phone(phone);
            Some(Address { channel, account, key, route })
        }
        (None, Channel::Sms) => app.channels.sms_address(&phone),
        (None, _) => None,
    })
}

async fn may_write(app: &App, person: Uuid, channel: Channel) -> Result<bool, StoreError> {
    use store::consents::{ConsentState, Purpose};
    let state = store::consents::state(app.store.read(), person, Purpose::CaseUpdates, channel).await?;
    Ok(state != Some(ConsentState::Withdrawn))
}

async fn behind(
    app: &App,
    unit: &Unit,
    person: Uuid,
    reply: &Pending,
    (address, window_until): (&Address, Option<i64>),
    more: &[Message],
    now: i64,
) -> Result<(), StoreError> {
    for (idx, message) in (1..).zip(more) {
        let row = NewReply {
            id: app.ids.next(),
            person,
            turn: reply.turn,
            idx: BEHIND + reply.idx * 100 + idx,
            author: Author::Bot,
            address,
            message,
            masked: None,
            private: reply.private,
            window_until,
            trace: &reply.trace,
        };
        store::outbox::insert(unit, &row, now).await?;
    }
    Ok(())
}

/// What a rendered message says, channel-free again.
pub(super) fn outbound(message: &Message) -> Outbound {
    let text = message.text().to_owned();
    match message {
        Message::Buttons { buttons: choices, .. } | Message::List { rows: choices, .. } => {
            Outbound { text, choices: choices.clone(), ..Outbound::default() }
        }
        Message::Link { link, .. } => Outbound { text, link: Some(link.clone()), ..Outbound::default() },
        Message::Media { attachment, .. } => {
            Outbound { text, attachment: Some(attachment.clone()), ..Outbound::default() }
        }
        _ => Outbound { text, ..Outbound::default() },
    }
}
