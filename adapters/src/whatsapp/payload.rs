//! Meta's envelope: entries of changes of messages, statuses and news, up to a thousand in one POST. Called by
//! `mod.rs` once the signature fits; it must not fail: what cannot be read is quarantined alone, its siblings go on.
//!
//! Every level is read as raw JSON and only the items as values, so that one with duplicate keys, absurd numbers
//! or endless nesting spoils nothing but itself.

mod echo;
mod inbound;
mod json;
mod notice;
mod preference;
mod status;

use std::collections::BTreeSet;

use bytes::Bytes;
use http::Response;
use serde_json::{Value, value::RawValue};

use self::json::{Object, array, list, object, parse, text_of};
use super::{Number, account, person::Contacts};
use crate::{
    Event, Quarantined, Reception,
    lenient::{self, word},
};

/// Translates one POST. `raw` is everything Meta sent.
pub(super) fn read(raw: &Bytes, numbers: &[Number]) -> Reception {
    let mut reading = Reading { numbers, events: Vec::new(), quarantined: Vec::new(), ignored: 0 };
    let json = lenient::text(raw);
    if let Err(reason) = reading.envelope(&json) {
        // The bytes as they came, not as repaired: a person may have to look at exactly what Meta sent.
        reading.quarantined.push(Quarantined { reason: reason.to_owned(), raw: raw.clone() });
    }
    let Reading { events, quarantined, ignored, .. } = reading;
    Reception { events, quarantined, response: Response::new(Bytes::new()), awaits: None, ignored }
}

/// An item: as it came, and as a value where it is readable.
type Item<'a> = (&'a RawValue, Option<Value>);

struct Reading<'n> {
    numbers: &'n [Number],
    events: Vec<Event>,
    quarantined: Vec<Quarantined>,
    ignored: usize,
}

impl Reading<'_> {
    fn envelope(&mut self, json: &str) -> Result<(), &'static str> {
        let document: &RawValue = serde_json::from_str(json).map_err(|_| "the body is not JSON")?;
        let document = object(document).ok_or("the body is JSON but not an object")?;
        if text_of(&document, "object").as_deref() != Some("whatsapp_business_account") {
            return Err("the object is not whatsapp_business_account");
        }
        let entries = array(&document, "entry").ok_or("there is no list of entries")?;
        entries.into_iter().for_each(|entry| self.entry(entry));
        Ok(())
    }

    /// The WABA's id says nothing about conversations: a number that moved to another one is still ours.
    fn entry(&mut self, raw: &RawValue) {
        let entry = object(raw).unwrap_or_default();
        let Some(changes) = array(&entry, "changes") else {
            return self.quarantine("an entry without a list of changes", raw);
        };
        let waba = text_of(&entry, "id").unwrap_or_else(|| "whatsapp".to_owned());
        changes.into_iter().for_each(|change| self.change(change, &waba));
    }

    /// Meta: news of the account have no `metadata`, so the field decides what a value is.
    fn change(&mut self, raw: &RawValue, waba: &str) {
        let Some(change) = object(raw) else {
            return self.quarantine("a change that is not an object", raw);
        };
        let field = text_of(&change, "field").unwrap_or_default();
        let value = change.get("value").and_then(|value| object(value));
        match field.as_str() {
            "messages" | "smb_message_echoes" | "user_preferences" => match value {
                Some(value) => self.of_people(&field, &value, raw, waba),
                None => self.quarantine("a change of messages without a value", raw),
            },
            news if account::FIELDS.contains(&news) => self.of_account(news, change.get("value"), raw, waba),
            // The rest (history, calls, fields of the future) is not used.
            _ => self.ignored += 1,
        }
    }

    fn of_people(&mut self, field: &str, value: &Object<'_>, raw: &RawValue, waba: &str) {
        let has = |key| value.contains_key(key);
        if has("errors") && !["metadata", "messages", "statuses"].into_iter().any(has) {
            return self.errors(value, waba);
        }
        let Some(number) = self.account(value) else {
            return self.quarantine("the phone_number_id is none of ours", raw);
        };
        let contacts: Vec<Value> = list(value, "contacts").into_iter().filter_map(parse).collect();
        let contacts = Contacts::read(&contacts);
        let account = &number.phone_number_id;
        match field {
            "smb_message_echoes" => {
                let echoes = self.items(value, "message_echoes");
                self.each(echoes, |item| echo::read(item, account, &contacts));
            }
            "user_preferences" => {
                let wishes = self.items(value, "user_preferences");
                self.each(wishes, |item| preference::read(item, account, &contacts));
            }
            _ => self.conversations(value, account, &contacts),
        }
    }

    fn conversations(&mut self, value: &Object<'_>, account: &str, contacts: &Contacts) {
        self.errors(value, account);
        let messages = self.items(value, "messages");
        let senders: BTreeSet<String> =
            messages.iter().filter_map(|(_, message)| sender_key(message.as_ref()?)).collect();
        let (ours, alone) = (self.numbers, senders.len() == 1);
        self.each(messages, |item| inbound::read(item, account, ours, contacts, alone));
        let statuses = self.items(value, "statuses");
        self.each(statuses, |item| status::read(item, account));
    }

    /// Errors beside the messages belong to the account and to nobody's message.
    fn errors(&mut self, value: &Object<'_>, account: &str) {
        let errors = self.items(value, "errors");
        self.each(errors, |error| {
            let news = account::error(error, account).ok_or("an error of the account without a code")?;
            Ok(Some(Event::Account(news)))
        });
    }

    fn of_account(&mut self, field: &str, value: Option<&&RawValue>, raw: &RawValue, waba: &str) {
        let value = value.and_then(|value| parse(value)).unwrap_or_default();
        let news = account::news(field, &value, waba, self.numbers);
        if news.is_empty() {
            self.quarantine("news of the account that say nothing we can read", raw);
        }
        self.events.extend(news.into_iter().map(Event::Account));
    }

    /// Routes by `phone_number_id` alone: the display number is spelled in many ways.
    fn account(&self, value: &Object<'_>) -> Option<Number> {
        let metadata = object(value.get("metadata")?)?;
        let id = text_of(&metadata, "phone_number_id")?;
        self.numbers.iter().find(|number| number.phone_number_id == id).cloned()
    }

    /// A list whose items must not be lost even where it is no list.
    fn items<'a>(&mut self, value: &Object<'a>, key: &str) -> Vec<Item<'a>> {
        match value.get(key) {
            Some(raw) if array(value, key).is_none() && raw.get() != "null" => {
                self.quarantine("messages or statuses that are not a list", raw);
                Vec::new()
            }
            _ => list(value, key).into_iter().map(|raw| (raw, parse(raw))).collect(),
        }
    }

    /// `read` gives `None` for what is genuine and says nothing to us.
    fn each(&mut self, items: Vec<Item<'_>>, read: impl Fn(&Value) -> Result<Option<Event>, &'static str>) {
        for (raw, item) in items {
            match item.ok_or("an item that is not readable JSON").and_then(|item| read(&item)) {
                Ok(event) => self.events.extend(event),
                Err(reason) => self.quarantine(reason, raw),
            }
        }
    }

    fn quarantine(&mut self, reason: &str, raw: &RawValue) {
        let raw = Bytes::copy_from_slice(raw.get().as_bytes());
        self.quarantined.push(Quarantined { reason: reason.to_owned(), raw });
    }
}

/// Tells one sender from another; whether they can be answered is not asked here.
fn sender_key(message: &Value) -> Option<String> {
    word(message.get("from_user_id")).or_else(|| word(message.get("from")))
}
