//! The webhook body Meta sends: envelope, contacts, messages, statuses, and its habits of escaping. Called by the
//! webhooks only; what it returns is signed byte for byte.

use std::{collections::HashSet, fmt::Write, sync::Arc};

use serde::Serialize;
use serde_json::{Value, json};

use super::phones::Contact;

/// One thing to tell the town.
pub(super) enum Update {
    Message(Inbound),
    Status(StatusUpdate),
}

/// A person's message, in Meta's shape already.
pub(super) struct Inbound {
    pub(super) id: Arc<str>,
    pub(super) contact: Arc<Contact>,
    pub(super) message: Value,
}

pub(super) struct StatusUpdate {
    pub(super) sent: Arc<Sent>,
    pub(super) step: Step,
    /// Unix milliseconds; set when it leaves.
    pub(super) at: i64,
}

/// A message of the town's that was taken.
pub(super) struct Sent {
    pub(super) id: Arc<str>,
    pub(super) contact: Arc<Contact>,
    /// Addressed by `recipient`, not by `to`.
    pub(super) by_user_id: bool,
    pub(super) callback: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Step {
    Sent,
    Delivered,
    Read,
    Failed,
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
    entry: [Entry<'a>; 1],
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    value: Values<'a>,
    field: &'static str,
}

#[derive(Serialize)]
struct Values<'a> {
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

#[derive(Serialize)]
struct StatusEntry<'a> {
    id: &'a str,
    status: Step,
    timestamp: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient_user_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    biz_opaque_callback_data: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pricing: Option<Pricing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Value>,
}

#[derive(Serialize)]
struct Pricing {
    billable: bool,
    pricing_model: &'static str,
    category: &'static str,
    r#type: &'static str,
}

/// The bytes of one webhook: messages in one change, statuses in another.
pub(super) fn body(account: &Account, updates: &[Update]) -> Result<Vec<u8>, serde_json::Error> {
    let changes = [messages(account, updates), statuses(account, updates)].into_iter().flatten();
    let entry = [Entry { id: &account.waba_id, changes: changes.collect() }];
    let envelope = Envelope { object: "whatsapp_business_account", entry };
    serde_json::to_string(&envelope).map(|plain| escaped(&plain))
}

fn messages<'a>(account: &'a Account, updates: &'a [Update]) -> Option<Change<'a>> {
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
    (!values.messages.is_empty()).then_some(Change { value: values, field: "messages" })
}

fn statuses<'a>(account: &'a Account, updates: &'a [Update]) -> Option<Change<'a>> {
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
    (!values.statuses.is_empty()).then_some(Change { value: values, field: "messages" })
}

impl Account {
    fn values(&self) -> Values<'_> {
        let metadata =
            Metadata { display_phone_number: &self.display_phone, phone_number_id: &self.phone_number_id };
        Values {
            messaging_product: "whatsapp",
            metadata,
            contacts: vec![],
            messages: vec![],
            statuses: vec![],
        }
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
}

impl<'a> StatusEntry<'a> {
    fn of(update: &'a StatusUpdate) -> Self {
        let (sent, failed) = (&*update.sent, update.step == Step::Failed);
        // Meta: the user id is left out of a failure when the message went to a phone.
        let tells_user = sent.by_user_id || !failed;
        Self {
            id: &sent.id,
            status: update.step,
            timestamp: (update.at / 1000).to_string(),
            recipient_id: sent.contact.shown_phone(),
            recipient_user_id: sent.contact.user_id.as_deref().filter(|_| tells_user),
            biz_opaque_callback_data: sent.callback.as_deref(),
            pricing: matches!(update.step, Step::Sent | Step::Delivered).then_some(SERVICE),
            errors: failed.then(undeliverable),
        }
    }
}

/// Answers within the window are free.
const SERVICE: Pricing =
    Pricing { billable: false, pricing_model: "PMP", category: "service", r#type: "free_customer_service" };

fn undeliverable() -> Value {
    json!([{
        "code": 131_026,
        "title": "Message undeliverable",
        "message": "Message undeliverable",
        "error_data": {"details": "Message Undeliverable."},
    }])
}

/// Meta writes everything outside ASCII as `\u00e1` and a slash as `\/`. In JSON both stand within strings only.
fn escaped(plain: &str) -> Vec<u8> {
    let mut out = String::with_capacity(plain.len() + plain.len() / 8);
    for character in plain.chars() {
        match character {
            '/' => out.push_str("\\/"),
            ascii if ascii.is_ascii() => out.push(ascii),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _infallible = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.into_bytes()
}
