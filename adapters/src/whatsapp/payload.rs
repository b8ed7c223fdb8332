//! Meta's envelope: entries of changes of messages and statuses, up to a thousand in one POST. Called by `mod.rs`
//! once the signature fits; it must not fail: what cannot be read is quarantined alone, its siblings go on.
//!
//! Every level is read as raw JSON and only the items as values, so that one with duplicate keys, absurd numbers
//! or endless nesting spoils nothing but itself.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use serde_json::{Value, value::RawValue};

use super::{Number, message, person::Identity};
use crate::{
    Channel, DeliveryState, Event, Inbound, ProviderError, Quarantined, StatusUpdate,
    lenient::{self, kind, moment, word},
};

type Object<'a> = BTreeMap<String, &'a RawValue>;

/// Translates one POST. `raw` is everything Meta sent.
pub(super) fn read(raw: &Bytes, numbers: &[Number]) -> (Vec<Event>, Vec<Quarantined>) {
    let mut reading = Reading { numbers, events: Vec::new(), quarantined: Vec::new() };
    let json = lenient::text(raw);
    if let Err(reason) = reading.envelope(&json) {
        // The bytes as they came, not as repaired: a person may have to look at exactly what Meta sent.
        reading.quarantined.push(Quarantined { reason: reason.to_owned(), raw: raw.clone() });
    }
    (reading.events, reading.quarantined)
}

struct Reading<'n> {
    numbers: &'n [Number],
    events: Vec<Event>,
    quarantined: Vec<Quarantined>,
}

impl Reading<'_> {
    fn envelope(&mut self, json: &str) -> Result<(), &'static str> {
        let document: &RawValue = serde_json::from_str(json).map_err(|_| "the body is not JSON")?;
        let document = object(document).ok_or("the body is JSON but not an object")?;
        if text_of(&document, "object").as_deref() != Some("whatsapp_business_account") {
            return Err("the object is not whatsapp_business_account");
        }
        let entries = array(&document, "entry").ok_or("there is no list of entries")?;
        for entry in entries {
            match object(entry).and_then(|entry| array(&entry, "changes")) {
                Some(changes) => changes.into_iter().for_each(|change| self.change(change)),
                None => self.quarantine("an entry without a list of changes", entry),
            }
        }
        Ok(())
    }

    fn change(&mut self, raw: &RawValue) {
        let Some(change) = object(raw) else {
            return self.quarantine("a change that is not an object", raw);
        };
        let value = change.get("value").and_then(|value| object(value));
        if let Some(code) = value.as_ref().and_then(account_error) {
            self.quarantine(&format!("Meta reports error {code} for the account"), raw);
        }
        // Account news, echoes and fields of the future are not conversations.
        if text_of(&change, "field").as_deref() != Some("messages") {
            return;
        }
        let Some(value) = value else {
            return self.quarantine("a change of messages without a value", raw);
        };
        match self.account(&value) {
            Some(number) => self.items(number, &value),
            None => self.quarantine("the phone_number_id is none of ours", raw),
        }
    }

    /// Routes by `phone_number_id` alone: the display number is spelled in many ways.
    fn account(&self, value: &Object<'_>) -> Option<Number> {
        let metadata = object(value.get("metadata")?)?;
        let id = text_of(&metadata, "phone_number_id")?;
        self.numbers.iter().find(|number| number.phone_number_id == id).cloned()
    }

    fn items(&mut self, number: Number, value: &Object<'_>) {
        let contacts: Vec<Value> = list(value, "contacts").into_iter().filter_map(parse).collect();
        let messages: Vec<(&RawValue, Option<Value>)> =
            self.list(value, "messages").into_iter().map(|raw| (raw, parse(raw))).collect();
        let senders: BTreeSet<String> =
            messages.iter().filter_map(|(_, message)| sender_key(message.as_ref()?)).collect();
        for (raw, message) in messages {
            let read = message.ok_or("a message that is not readable JSON");
            match read.and_then(|message| inbound(&message, &number, &contacts, senders.len() == 1)) {
                Ok(message) => self.events.push(Event::Message(message)),
                Err(reason) => self.quarantine(reason, raw),
            }
        }
        for raw in self.list(value, "statuses") {
            let read = parse(raw).ok_or("a status that is not readable JSON");
            match read.and_then(|update| status(&update, &number.phone_number_id)) {
                Ok(update) => self.events.extend(update.map(Event::Status)),
                Err(reason) => self.quarantine(reason, raw),
            }
        }
    }

    /// Like [`list`], for what must not be lost even where it is no list.
    fn list<'a>(&mut self, value: &Object<'a>, key: &str) -> Vec<&'a RawValue> {
        match value.get(key) {
            Some(raw) if array(value, key).is_none() && raw.get() != "null" => {
                self.quarantine("messages or statuses that are not a list", raw);
                Vec::new()
            }
            _ => list(value, key),
        }
    }

    fn quarantine(&mut self, reason: &str, raw: &RawValue) {
        let raw = Bytes::copy_from_slice(raw.get().as_bytes());
        self.quarantined.push(Quarantined { reason: reason.to_owned(), raw });
    }
}

fn inbound(
    message: &Value,
    number: &Number,
    contacts: &[Value],
    alone: bool,
) -> Result<Inbound, &'static str> {
    let account = number.phone_number_id.clone();
    let id = word(message.get("id")).ok_or("a message without an id")?;
    let who = Identity::of_message(message).ok_or("a message without a sender")?;
    if who.dials(&number.display_phone) {
        // Answering ourselves would never end.
        return Err("a message from our own number");
    }
    let from = who.sender(&account, contacts, alone).ok_or("a message without a sender")?;
    let sent_at = moment(message.get("timestamp"));
    let reply_to = message.get("context").and_then(|context| word(context.get("id")));
    let body = message::body(message);
    Ok(Inbound { id, channel: Channel::Whatsapp, account, from, sent_at, body, reply_to })
}

/// `None` for a status that says nothing to us.
fn status(update: &Value, account: &str) -> Result<Option<StatusUpdate>, &'static str> {
    let provider_id = word(update.get("id")).ok_or("a status without an id")?;
    let state = match kind(update.get("status")).as_deref() {
        Some("sent") => DeliveryState::Sent,
        Some("delivered") => DeliveryState::Delivered,
        // `played` is a voice note heard, which comes after read.
        Some("read" | "played") => DeliveryState::Read,
        Some("failed") => DeliveryState::Failed,
        Some("deleted" | "warning") => return Ok(None),
        _ => return Err("a status with a name we do not know"),
    };
    Ok(Some(StatusUpdate {
        channel: Channel::Whatsapp,
        account: account.to_owned(),
        provider_id,
        reference: word(update.get("biz_opaque_callback_data")),
        state,
        at: moment(update.get("timestamp")),
        error: update.get("errors").and_then(|errors| provider_error(errors.get(0)?)),
    }))
}

fn provider_error(error: &Value) -> Option<ProviderError> {
    let code = word(error.get("code"))?.parse().ok()?;
    let title = word(error.get("title")).or_else(|| word(error.get("message"))).unwrap_or_default();
    Some(ProviderError { code, title })
}

/// The code of a system-level error, which belongs to no message.
fn account_error(value: &Object<'_>) -> Option<i64> {
    list(value, "errors")
        .into_iter()
        .filter_map(parse)
        .find_map(|error| provider_error(&error))
        .map(|it| it.code)
}

/// Tells one sender from another; whether they can be answered is not asked here.
fn sender_key(message: &Value) -> Option<String> {
    word(message.get("from_user_id")).or_else(|| word(message.get("from")))
}

fn object(raw: &RawValue) -> Option<Object<'_>> {
    serde_json::from_str(raw.get()).ok()
}

fn array<'a>(of: &Object<'a>, key: &str) -> Option<Vec<&'a RawValue>> {
    serde_json::from_str(of.get(key)?.get()).ok()
}

/// Like [`array()`], where a missing one is an empty one.
fn list<'a>(of: &Object<'a>, key: &str) -> Vec<&'a RawValue> {
    array(of, key).unwrap_or_default()
}

fn parse(raw: &RawValue) -> Option<Value> {
    serde_json::from_str(raw.get()).ok()
}

/// A word at this level, quoted or not.
fn text_of(of: &Object<'_>, key: &str) -> Option<String> {
    word(Some(&parse(of.get(key)?)?))
}
