//! One item of `messages` -> a message of a person, or news of who they are. Called by `payload`; what the message
//! says is read in `message`, who sent it in `person`.

use serde_json::Value;

use super::notice;
use crate::{
    AddressKey, Body, Channel, Event, Inbound, Referral, Sender,
    lenient::{kind, moment, word},
    text::cut,
    whatsapp::{
        Number,
        message::{self, GROUP},
        person::{Contacts, Identity},
    },
};

/// UTF-16 units kept of what an advertisement says of itself.
const LONGEST_REFERRAL: usize = 300;

/// `ours` are all our numbers, `alone`: all messages of the change come from one person.
pub(super) fn read(
    message: &Value,
    account: &str,
    ours: &[Number],
    contacts: &Contacts,
    alone: bool,
) -> Result<Option<Event>, &'static str> {
    let id = word(message.get("id")).ok_or("a message without an id")?;
    if kind(message.get("type")).as_deref() == Some("system") && word(message.get(GROUP)).is_none() {
        return notice::read(id, message, account).map(Some);
    }
    let who = Identity::of_message(message).ok_or("a message without a sender")?;
    if ours.iter().any(|number| who.dials(&number.display_phone)) {
        // Answering ourselves, or two numbers of ours one another, would never end.
        return Err("a message from our own number");
    }
    let mut from = who.sender(account, contacts, alone).ok_or("a message without a sender")?;
    let body = message::body(message, Some(&from));
    learn_own_phone(&mut from, &body);
    let context = message.get("context");
    Ok(Some(Event::Message(Inbound {
        id,
        channel: Channel::Whatsapp,
        account: account.to_owned(),
        from,
        sent_at: moment(message.get("timestamp")),
        body,
        reply_to: context.and_then(|context| word(context.get("id"))),
        referral: message.get("referral").and_then(referral),
        forwarded: context.is_some_and(forwarded),
    })))
}

/// Phone and user id become one person because the person said so.
fn learn_own_phone(from: &mut Sender, body: &Body) {
    let Body::Contact { own: true, phones, .. } = body else { return };
    for phone in phones.iter().cloned().map(AddressKey::Phone) {
        if from.address.key != phone && !from.also.contains(&phone) {
            from.also.push(phone);
        }
    }
}

/// Meta: `frequently_forwarded` is more than five times. Either way somebody else wrote it.
fn forwarded(context: &Value) -> bool {
    ["forwarded", "frequently_forwarded"].into_iter().any(|key| {
        word(context.get(key)).as_deref() == Some("true") || context.get(key) == Some(&Value::Bool(true))
    })
}

/// Meta's id of the advertisement or post; where it is missing, its address, which is never opened.
fn referral(told: &Value) -> Option<Referral> {
    let source = word(told.get("source_id")).or_else(|| word(told.get("source_url")))?;
    let headline = word(told.get("headline")).map(|headline| cut(&headline, LONGEST_REFERRAL));
    Some(Referral { source: cut(&source, LONGEST_REFERRAL), headline })
}
