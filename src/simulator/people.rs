//! People write, move, and change their minds: what was composed gets its sender, id and time, is shown on the phone,
//! and is told to the town.

use std::{borrow::Cow, sync::Arc};

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::{
    Inner,
    bubble::{Kind, Side, View},
    compose::Composed,
    envelope::{Change, Inbound},
    graph::HIDDEN,
    ids::Written,
    phones::Contact,
    said::{Attached, BadSaid, Marketing, Said, Wamid},
};

/// Types that are not the person writing, and so open no window: Meta tells of a changed number by a "system" message,
/// and of changes to earlier messages by messages of their own.
const SILENT: [&str; 3] = ["system", "edit", "revoke"];

impl Inner {
    /// The person does something; returns the wamid. `wa_id` has been checked.
    pub(super) fn say(&self, wa_id: &str, said: Said) -> Result<Wamid, BadSaid> {
        said.check()?;
        let contact = self.phones.contact(wa_id);
        match said {
            Said::Echo { said } => {
                let composed = self.compose(&contact, *said).ok_or(BadSaid::NotAMessage)?;
                Ok(self.echo(&contact, composed))
            }
            Said::Preferences { marketing } => Ok(self.prefer(&contact, marketing)),
            Said::ChangeNumber { new_wa_id } => Ok(self.change_number(wa_id, &new_wa_id)),
            Said::ChangeUserId { user_id } => Ok(self.change_user_id(wa_id, user_id.as_deref())),
            said => {
                let composed = self.compose(&contact, said).ok_or(BadSaid::NotAMessage)?;
                Ok(self.post_in(contact, composed))
            }
        }
    }

    /// The person sends a picture.
    pub(super) fn say_photo(
        &self,
        wa_id: &str,
        mime: &str,
        bytes: Bytes,
        caption: Option<String>,
    ) -> Result<Wamid, BadSaid> {
        self.say(wa_id, Said::Image(Attached { caption, ..Attached::new(mime, bytes) }))
    }

    /// Fills in who, when and which, shows the bubble, opens the window, tells the town.
    fn post_in(&self, contact: Arc<Contact>, composed: Composed) -> Wamid {
        let now = (self.clock)();
        let message = self.addressed(&contact, now, composed.message);
        let id: Wamid = message["id"].as_str().unwrap_or_default().into();
        if !SILENT.iter().any(|kind| message["type"] == *kind) {
            let at = seconds(&message["timestamp"]).map_or(now, |seconds| seconds.saturating_mul(1000));
            self.phones.with(&contact.wa_id, |phone| phone.heard(at));
        }
        self.phones.add(&contact.wa_id, Side::Citizen, &id, now, composed.view);
        self.tell_message(Inbound { id: Arc::clone(&id), contact, message });
        id
    }

    fn addressed(&self, contact: &Contact, now: i64, given: Map<String, Value>) -> Value {
        let phone = contact.shown_phone();
        let mut message = Map::new();
        if let Some(phone) = phone {
            message.insert("from".into(), phone.into());
        }
        if let Some(user_id) = &contact.user_id {
            message.insert("from_user_id".into(), json!(user_id));
        }
        if !given.get("id").is_some_and(Value::is_string) {
            message.insert("id".into(), self.wamid_of(contact).into());
        }
        message.insert("timestamp".into(), (now / 1000).to_string().into());
        // What was given wins.
        message.extend(given);
        Value::Object(message)
    }

    fn wamid_of(&self, contact: &Contact) -> String {
        self.ids.wamid(contact.shown_phone().unwrap_or(HIDDEN), Written::ByCitizen)
    }

    /// A colleague's own words, which the town hears of as an echo and the person sees as the town's.
    fn echo(&self, contact: &Contact, composed: Composed) -> Wamid {
        let now = (self.clock)();
        let id: Wamid = self.ids.wamid(contact.shown_phone().unwrap_or(HIDDEN), Written::ByTown).into();
        let mut message = Map::from_iter([("from".to_owned(), self.account.display_phone.as_str().into())]);
        if let Some(phone) = contact.shown_phone() {
            message.insert("to".into(), phone.into());
        }
        if let Some(user_id) = &contact.user_id {
            message.insert("to_user_id".into(), json!(user_id));
        }
        message.insert("id".into(), json!(id));
        message.insert("timestamp".into(), (now / 1000).to_string().into());
        message.extend(composed.message);
        self.phones.add(&contact.wa_id, Side::Town, &id, now, composed.view);
        let value = self.account.value_with("message_echoes", json!([message]));
        self.tell_change(Change { field: Cow::Borrowed("smb_message_echoes"), value, time: None });
        id
    }

    /// Meta tells this in a field of its own; its time is a number, unlike everywhere else.
    fn prefer(&self, contact: &Contact, marketing: Marketing) -> Wamid {
        let now = (self.clock)();
        let detail = match marketing {
            Marketing::Stop => "User requested to stop marketing messages",
            Marketing::Resume => "User requested to resume marketing messages",
        };
        let contact = self.phones.stop_marketing(&contact.wa_id, marketing == Marketing::Stop);
        let mut wish = json!({
            "detail": detail, "category": "marketing_messages", "value": marketing, "timestamp": now / 1000,
        });
        if let Some(phone) = contact.shown_phone() {
            wish["wa_id"] = phone.into();
        }
        if let Some(user_id) = &contact.user_id {
            wish["user_id"] = json!(user_id);
        }
        let mut value = self.account.value_with("user_preferences", json!([wish]));
        value["contacts"] = json!([contact.entry()]);
        self.tell_change(Change { field: Cow::Borrowed("user_preferences"), value, time: None });
        self.note(&contact, detail.to_owned())
    }

    /// A line on the phone that nobody wrote.
    fn note(&self, contact: &Contact, text: String) -> Wamid {
        let id: Wamid = self.wamid_of(contact).into();
        let view = View::of(Kind::System, Some(text));
        self.phones.add(&contact.wa_id, Side::Citizen, &id, (self.clock)(), view);
        id
    }

    fn change_number(&self, wa_id: &str, new_wa_id: &str) -> Wamid {
        let (old, new) = self.phones.change_number(wa_id, new_wa_id);
        let body = match (old.shown_phone(), new.shown_phone()) {
            (Some(from), Some(to)) => format!("User {} changed from {from} to {to}", old.name),
            _ => format!("User {} changed their number", old.name),
        };
        let mut system = json!({"body": body, "type": "user_changed_number"});
        if let Some(phone) = new.shown_phone() {
            system["wa_id"] = phone.into();
        }
        if let Some(user_id) = &new.user_id {
            system["user_id"] = json!(user_id);
        }
        // The number it was is the sender; its user id is not told.
        let mut message = json!({});
        if let Some(phone) = old.shown_phone() {
            message["from"] = phone.into();
        }
        self.tell_system(old, message, system, body)
    }

    fn change_user_id(&self, wa_id: &str, user_id: Option<&str>) -> Wamid {
        let (old, new) = self.phones.change_user_id(wa_id, user_id);
        let body = format!("User {} changed their user id", new.name);
        let mut system = json!({"body": body, "type": "user_changed_user_id", "user_id": new.user_id});
        if let Some(previous) = &old.user_id {
            system["previous_user_id"] = json!(previous);
        }
        // Meta: normally without any sender.
        self.tell_system(new, json!({}), system, body)
    }

    fn tell_system(&self, contact: Arc<Contact>, mut message: Value, system: Value, text: String) -> Wamid {
        let id = self.note(&contact, text);
        message["id"] = json!(id);
        message["timestamp"] = ((self.clock)() / 1000).to_string().into();
        message["type"] = "system".into();
        message["system"] = system;
        self.tell_message(Inbound { id: Arc::clone(&id), contact, message });
        id
    }
}

/// Meta writes times as strings of seconds; raw messages may hold numbers.
fn seconds(timestamp: &Value) -> Option<i64> {
    timestamp.as_i64().or_else(|| timestamp.as_str()?.parse().ok())
}
