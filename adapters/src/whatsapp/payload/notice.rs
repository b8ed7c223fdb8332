//! A message of type `system` -> [`IdentityChange`]: somebody has a new number, a new user id or a new phone in their
//! hands. Called by `inbound`; it is never a message, comes without contacts, and says nothing that may be shown.

use serde_json::Value;

use crate::{
    Event, IdentityChange,
    lenient::{kind, word},
    whatsapp::person::{Contacts, Identity},
};

const NOBODY: &str = "a system notice that does not say who changed";
const NOWHERE: &str = "a system notice that does not say into what";

/// What changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    /// Meta: the user id is made anew too.
    Number,
    UserId,
    /// The keys of the phone: another device, or another person with the same number.
    Device,
}

/// `id` is the notice's own.
pub(super) fn read(id: String, message: &Value, account: &str) -> Result<Event, &'static str> {
    let system = message.get("system").ok_or("a system notice without a body")?;
    let change = match kind(system.get("type")).as_deref() {
        Some("user_changed_number" | "customer_changed_number") => Change::Number,
        Some("user_changed_user_id") => Change::UserId,
        Some("customer_identity_changed") => Change::Device,
        _ => return Err("a system notice of a kind we do not know"),
    };
    let was = before(change, message, system).and_then(Identity::key).ok_or(NOBODY)?;
    let now = after(change, message, system).ok_or(NOWHERE)?;
    let now = now.sender(account, &Contacts::default(), false).ok_or(NOWHERE)?;
    let number = change == Change::Number && was != now.address.key;
    Ok(Event::Identity(IdentityChange { id, was, now, number }))
}

/// Meta: `from` is the old number, which a changed user id leaves out; older payloads call it `customer`.
fn before(change: Change, message: &Value, system: &Value) -> Option<Identity> {
    let known = known(message, system);
    let previous = Identity::named(None, system.get("previous_user_id"));
    match change {
        Change::UserId => previous.or(known),
        Change::Number | Change::Device => known.or(previous),
    }
}

fn after(change: Change, message: &Value, system: &Value) -> Option<Identity> {
    let number = filled(system.get("wa_id")).or_else(|| filled(system.get("new_wa_id")));
    let user = system.get("user_id");
    match change {
        Change::Number => Identity::named(number, user),
        Change::UserId => {
            Identity::named(None, user)?;
            Identity::named(number.or(message.get("from")), user)
        }
        Change::Device => known(message, system),
    }
}

fn known(message: &Value, system: &Value) -> Option<Identity> {
    let number = filled(message.get("from")).or_else(|| filled(system.get("customer")));
    Identity::named(number, message.get("from_user_id"))
}

fn filled(value: Option<&Value>) -> Option<&Value> {
    word(value)?;
    value
}
