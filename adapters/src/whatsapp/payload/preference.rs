//! One item of `user_preferences` -> [`ConsentNews`]: WhatsApp's own switch for promotional messages. Called by
//! `payload`; it says nothing about answers, which still arrive.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    AddressKey, ConsentNews, ConsentScope, Event, Sender, Wish,
    lenient::{kind, moment, word},
    whatsapp::person::{Contacts, Identity},
};

/// `None` for a switch other than the one for marketing.
pub(super) fn read(item: &Value, account: &str, contacts: &Contacts) -> Result<Option<Event>, &'static str> {
    if kind(item.get("category")).is_some_and(|category| category != "marketing_messages") {
        return Ok(None);
    }
    let from = Identity::named(item.get("wa_id"), item.get("user_id"))
        .and_then(|who| who.sender(account, contacts, false))
        .ok_or("a preference that does not say whose")?;
    let wish = match kind(item.get("value")).as_deref() {
        Some("stop") => Wish::OptOut,
        Some("resume") => Wish::OptIn,
        _ => return Err("a preference that is neither stop nor resume"),
    };
    let id = evidence(item, &from);
    let at = moment(item.get("timestamp"));
    Ok(Some(Event::Consent(ConsentNews { id, from, wish, scope: ConsentScope::Marketing, at })))
}

/// Meta gives these notices no id. Ours is the same each time one is delivered, and names nobody.
fn evidence(item: &Value, from: &Sender) -> String {
    let person = from.also.iter().find(|key| matches!(key, AddressKey::User(_))).unwrap_or(&from.address.key);
    let told = |key| word(item.get(key)).unwrap_or_default();
    let line = format!("{}\n{person}\n{}\n{}", from.address.account, told("value"), told("timestamp"));
    let digest = hex::encode(Sha256::digest(line));
    format!("user_preferences.{}", digest.chars().take(32).collect::<String>())
}
