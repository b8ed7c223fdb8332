//! The webhook body Meta sends: envelope, contacts, messages, statuses, changes of other fields. Called by the webhooks
//! only; what it returns is signed byte for byte.

use std::{borrow::Cow, collections::HashSet, sync::Arc};

use serde::Serialize;
use serde_json::{Value, json};

use super::{
    phones::Contact,
    signing::BodyStyle,
    statuses::{StatusEntry, StatusUpdate, Step},
    templates::Category,
};

/// One thing to tell the town.
pub(super) enum Update {
    Message(Inbound),
    Status(StatusUpdate),
    Change(Change),
}

/// A person's message, in Meta's shape already.
pub(super) struct Inbound {
    pub(super) id: Arc<str>,
    pub(super) contact: Arc<Contact>,
    pub(super) message: Value,
}

/// A change of a field other than messages and statuses, its value complete.
pub(super) struct Change {
    pub(super) field: Cow<'static, str>,
    pub(super) value: Value,
    /// Unix seconds, which only changes of the account carry.
    pub(super) time: Option<i64>,
}

/// A message of the town's that was taken.
pub(super) struct Sent {
    pub(super) id: Arc<str>,
    pub(super) contact: Arc<Contact>,
    /// Addressed by `recipient`, not by `to`.
    pub(super) by_user_id: bool,
    pub(super) callback: Option<String>,
    pub(super) sort: Sort,
    pub(super) category: Option<Category>,
}

/// Which statuses a message can get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Ordinary,
    /// Meta: reactions only ever get `sent`.
    Reaction,
    /// Voice notes are `played` after they were read.
    Voice,
}

/// Whose webhooks these are.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) waba_id: String,
    pub(super) phone_number_id: String,
    /// Digits only.
    pub(super) display_phone: String,
}

#[derive(Serialize)]
struct Envelope<'a> {
    object: &'static str,
    entry: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<i64>,
    changes: Vec<ChangeEntry<'a>>,
}

#[derive(Serialize)]
struct ChangeEntry<'a> {
    value: Values<'a>,
    field: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Values<'a> {
    Messages(MessageValues<'a>),
    Other(&'a Value),
}

#[derive(Serialize)]
struct MessageValues<'a> {
    messaging_product: &'static str,
    metadata: Metadata<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contacts: Vec<ContactEntry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<&'a Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    statuses: Vec<StatusEntry<'a>>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    display_phone_number: &'a str,
    phone_number_id: &'a str,
}

#[derive(Serialize)]
struct ContactEntry<'a> {
    profile: ProfileEntry<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wa_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<&'a str>,
}

#[derive(Serialize)]
struct ProfileEntry<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<&'a str>,
}

/// The bytes of one webhook: messages in one change, statuses in another, every other field in its own; changes of the
/// account in entries with a time.
pub(super) fn body(
    account: &Account,
    updates: &[Update],
    style: BodyStyle,
) -> Result<Vec<u8>, serde_json::Error> {
    let changes = [messages(account, updates), statuses(account, updates)].into_iter().flatten();
    let mut conversation: Vec<ChangeEntry<'_>> = changes.collect();
    let mut entry = Vec::new();
    for update in updates {
        let Update::Change(change) = update else { continue };
        let told = ChangeEntry { value: Values::Other(&change.value), field: &change.field };
        match change.time {
            None => conversation.push(told),
            time => entry.push(Entry { id: &account.waba_id, time, changes: vec![told] }),
        }
    }
    if !conversation.is_empty() {
        entry.insert(0, Entry { id: &account.waba_id, time: None, changes: conversation });
    }
    style.write(&Envelope { object: "whatsapp_business_account", entry })
}

fn messages<'a>(account: &'a Account, updates: &'a [Update]) -> Option<ChangeEntry<'a>> {
    let mut values = account.values();
    let mut met = HashSet::new();
    for update in updates {
        let Update::Message(inbound) = update else { continue };
        values.messages.push(&inbound.message);
        // Meta: system messages never bring a contact.
        if inbound.message["type"] != "system" && met.insert(&inbound.contact.wa_id) {
            values.contacts.push(ContactEntry::of(&inbound.contact));
        }
    }
    (!values.messages.is_empty()).then_some(values.told())
}

fn statuses<'a>(account: &'a Account, updates: &'a [Update]) -> Option<ChangeEntry<'a>> {
    let mut values = account.values();
    let mut met = HashSet::new();
    for update in updates {
        let Update::Status(status) = update else { continue };
        values.statuses.push(StatusEntry::of(status));
        // Meta: contacts come with sent, delivered and read, not with failed.
        if status.step != Step::Failed && met.insert(&status.sent.contact.wa_id) {
            values.contacts.push(ContactEntry::of(&status.sent.contact));
        }
    }
    (!values.statuses.is_empty()).then_some(values.told())
}

impl<'a> MessageValues<'a> {
    fn told(self) -> ChangeEntry<'a> {
        ChangeEntry { value: Values::Messages(self), field: "messages" }
    }
}

impl Account {
    fn metadata(&self) -> Metadata<'_> {
        Metadata { display_phone_number: &self.display_phone, phone_number_id: &self.phone_number_id }
    }

    fn values(&self) -> MessageValues<'_> {
        MessageValues {
            messaging_product: "whatsapp",
            metadata: self.metadata(),
            contacts: vec![],
            messages: vec![],
            statuses: vec![],
        }
    }

    /// The value of a field that is about this number: its metadata, and `list` under `key`.
    pub(super) fn value_with(&self, key: &str, list: Value) -> Value {
        let metadata = json!(self.metadata());
        json!({"messaging_product": "whatsapp", "metadata": metadata, key: list})
    }
}

impl<'a> ContactEntry<'a> {
    fn of(contact: &'a Contact) -> Self {
        Self {
            profile: ProfileEntry { name: &contact.name, username: contact.username.as_deref() },
            wa_id: contact.shown_phone(),
            user_id: contact.user_id.as_deref(),
        }
    }
}

impl Contact {
    /// The number, unless the person hides it.
    pub(super) fn shown_phone(&self) -> Option<&str> {
        (!self.hide_phone).then_some(&*self.wa_id)
    }

    /// As `contacts[]` has it.
    pub(super) fn entry(&self) -> Value {
        json!(ContactEntry::of(self))
    }
}
