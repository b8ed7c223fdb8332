//! Another way to a person who could not be reached: the next channel that they have and that may be used.

use uuid::Uuid;
use ventanilla_adapters::{Address, AddressKey, Channel, Message, capabilities};
use ventanilla_values::{Lang, canonical};

use super::{Step, gate, render};
use crate::{
    app::App,
    store::{
        self, StoreError, Unit,
        conversations::Conversation,
        kept::Way,
        outbox::{Author, NewReply, Pending},
    },
};

/// Channels on which a person can be written to without being there, in the order in which they are tried.
const REACHING: [Channel; 2] = [Channel::Whatsapp, Channel::Sms];
/// What does not fit one message of the other channel stands behind it.
const BEHIND: i64 = 2_000_000;

/// Sends a reply by another channel. `None` when there is none: private matters never leave theirs, and what lost its
/// secret when it was taken is not whole any more.
pub(super) async fn fall_back(
    app: &App,
    person: Uuid,
    reply: &Pending,
    now: i64,
) -> Result<Option<Step>, StoreError> {
    if reply.private || render::is_masked(&reply.message) {
        return Ok(None);
    }
    let conversation = store::conversations::load(app.store.read(), person).await?;
    let Some((address, window_until)) = other(app, &conversation, reply, now).await? else { return Ok(None) };
    let lang = conversation.session.as_ref().map_or(Lang::ES, |session| session.lang);
    let bubbles = render::again(&reply.message, capabilities(address.channel), lang);
    let Some((first, more)) = bubbles.split_first() else { return Ok(None) };
    let (tried, secrets) = (tried(reply), secrets(reply));
    let masked = render::masked(first, &secrets);
    let way = Way { address: &address, message: first, masked: masked.as_ref(), tried: &tried, window_until };
    let unit = app.store.unit().await?;
    if !store::kept::reroute(&unit, reply.id, &way, now).await? {
        return Ok(None);
    }
    behind(app, &unit, (person, reply), &way, (more, &secrets), now).await?;
    unit.commit().await?;
    let (from, to) = (reply.address.channel.as_str(), address.channel.as_str());
    metrics::counter!("ventanilla_fallbacks_total", "from" => from, "to" => to).increment(1);
    tracing::info!(outbox.id = %reply.id, from, to, "reply {} goes by {to} instead of {from}", reply.id);
    app.bus.outbox.wake(person);
    Ok(Some(Step::LookAgain))
}

/// What must be forgotten of a reply once it was said.
pub(super) fn secrets(reply: &Pending) -> Vec<String> {
    reply.masked.as_ref().map(|masked| render::secrets(&reply.message, masked)).unwrap_or_default()
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
        let Some(address) = address(app, conversation.person, &reply.address, channel).await? else {
            continue;
        };
        let until = gate::until(channel, &address.account, conversation.window.as_ref());
        if until.is_none_or(|until| now <= until) && may_write(app, conversation.person, channel).await? {
            return Ok(Some((address, until)));
        }
    }
    Ok(None)
}

/// Where a person is written to on a channel: by the phone that they write from, which is never another of theirs that
/// somebody else may hold; else where they wrote from there.
async fn address(
    app: &App,
    person: Uuid,
    from: &Address,
    channel: Channel,
) -> Result<Option<Address>, StoreError> {
    let Some(adapter) = app.channels.get(channel) else { return Ok(None) };
    let ours = adapter.accounts();
    let known = store::people::route_on(app.store.read(), person, channel).await?;
    let known = known.filter(|(account, _)| ours.contains(account)).map(|(account, route)| {
        let key = AddressKey::Phone(canonical(&route));
        Address { channel, account, key, route }
    });
    let AddressKey::Phone(phone) = &from.key else { return Ok(known) };
    let by_phone = || app.channels.sms_address(phone).filter(|_| channel == Channel::Sms);
    Ok(known.filter(|known| known.key == from.key).or_else(by_phone))
}

async fn may_write(app: &App, person: Uuid, channel: Channel) -> Result<bool, StoreError> {
    use store::consents::{ConsentState, Purpose};
    let state = store::consents::state(app.store.read(), person, Purpose::CaseUpdates, channel).await?;
    Ok(state != Some(ConsentState::Withdrawn))
}

async fn behind(
    app: &App,
    unit: &Unit,
    (person, reply): (Uuid, &Pending),
    way: &Way<'_>,
    (more, secrets): (&[Message], &[String]),
    now: i64,
) -> Result<(), StoreError> {
    for (idx, message) in (1..).zip(more) {
        let masked = render::masked(message, secrets);
        let row = NewReply {
            id: app.ids.next(),
            person,
            turn: reply.turn,
            idx: BEHIND + reply.idx * 100 + idx,
            author: Author::Bot,
            address: way.address,
            message,
            masked: masked.as_ref(),
            private: reply.private,
            window_until: way.window_until,
            said_by: None,
            not_before: None,
            trace: &reply.trace,
        };
        store::outbox::insert(unit, &row, now).await?;
    }
    Ok(())
}
