//! One item of `message_echoes` -> [`Echo`]: what somebody of the town wrote from the phone's own app. Called by
//! `payload`; it is never a message to us, or the bot would answer its own colleague.

use serde_json::Value;

use crate::{
    Echo, Event,
    lenient::{moment, word},
    whatsapp::{
        message::{self, GROUP},
        person::{Contacts, Identity},
    },
};

/// `None` for what was said in a group, where nobody talks with us.
pub(super) fn read(echo: &Value, account: &str, contacts: &Contacts) -> Result<Option<Event>, &'static str> {
    if word(echo.get(GROUP)).is_some() {
        return Ok(None);
    }
    let id = word(echo.get("id")).ok_or("an echo without an id")?;
    let to = Identity::named(echo.get("to"), echo.get("to_user_id"))
        .and_then(|to| to.sender(account, contacts, false))
        .ok_or("an echo that does not say to whom")?;
    let sent_at = moment(echo.get("timestamp"));
    Ok(Some(Event::Echo(Echo { id, to, sent_at, body: message::body(echo, None) })))
}
