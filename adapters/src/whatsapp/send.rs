//! One [`Message`](crate::Message) -> the request that sends it. Called by `mod.rs`; it must not shorten anything:
//! messages come rendered, and one that is still too long is refused here, in words.

mod attachment;
mod choices;
mod content;
mod limits;
pub(super) mod outcome;
mod template;

use bytes::Bytes;
use http::Request;
use serde_json::{Map, Value, json};

use self::limits::{impossible, within};
use super::{WhatsApp, person::bsuid};
use crate::{Address, Delivery, Fault, Outgoing, SendError};

/// Meta: `biz_opaque_callback_data` has at most 512 characters.
const MAX_REFERENCE: usize = 512;
/// Meta: the recipient is not on the list of a number in test mode.
const NOT_LISTED: i64 = 131_030;

impl WhatsApp {
    pub(super) fn write(&self, outgoing: &Outgoing) -> Delivery {
        match self.body(outgoing).and_then(|body| self.request(&outgoing.to.account, &body)) {
            Ok(request) => Delivery::Call(request),
            Err(error) => Delivery::Impossible(error),
        }
    }

    fn request(&self, account: &str, body: &Value) -> Result<Request<Bytes>, SendError> {
        self.post_json(account, body).ok_or_else(|| {
            let sentence =
                "La dirección o la clave de WhatsApp en la configuración no es válida: avisa a soporte.";
            impossible(Fault::Account, sentence.to_owned())
        })
    }

    fn post_json(&self, account: &str, body: &Value) -> Option<Request<Bytes>> {
        let url = self.url(&format!("{account}/messages"));
        self.post(&url, "application/json", Bytes::from(body.to_string()))
    }

    fn body(&self, outgoing: &Outgoing) -> Result<Value, SendError> {
        if !self.owns(&outgoing.to.account) {
            let sentence =
                "El número de WhatsApp desde el que iba el mensaje ya no es nuestro: avisa a soporte.";
            return Err(impossible(Fault::Account, sentence.to_owned()));
        }
        let mut body = Map::new();
        body.insert("messaging_product".to_owned(), json!("whatsapp"));
        body.insert("recipient_type".to_owned(), json!("individual"));
        let (key, recipient) = recipient(&outgoing.to.route)?;
        body.insert(key.to_owned(), json!(recipient));
        let (kind, content) = content::write(&outgoing.message, &self.capabilities)?;
        body.insert("type".to_owned(), json!(kind));
        body.insert(kind.to_owned(), content);
        within("La referencia", &outgoing.reference, MAX_REFERENCE)?;
        body.insert("biz_opaque_callback_data".to_owned(), json!(outgoing.reference));
        Ok(Value::Object(body))
    }

    /// Two blue ticks and "escribiendo…", which shows until our next message, 25 seconds at most. It marks what came
    /// before as read too.
    pub(super) fn mark_read(&self, account: &str, message_id: &str) -> Option<Request<Bytes>> {
        if !self.owns(account) || message_id.trim().is_empty() {
            return None;
        }
        let body = json!({"messaging_product": "whatsapp", "status": "read", "message_id": message_id,
            "typing_indicator": {"type": "text"}});
        self.post_json(account, &body)
    }
}

/// Exactly as received, with the plus sign: without it Meta may put our own country's code before the number.
fn recipient(route: &str) -> Result<(&'static str, String), SendError> {
    if let Some(user_id) = bsuid(route) {
        return Ok(("recipient", user_id));
    }
    let digits = route.strip_prefix('+').unwrap_or(route);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let sentence = "La dirección de esta persona no es de WhatsApp: búscala por otro medio.";
        return Err(impossible(Fault::Recipient, sentence.to_owned()));
    }
    Ok(("to", format!("+{digits}")))
}

/// Argentina: mobiles are `549` and ten digits, but the list of a number in test mode keeps them without the 9. Only
/// the route changes: without the 9 it would be somebody else's landline, and the person stays who they are.
pub(super) fn respell(to: &Address, error: &SendError) -> Option<Address> {
    let digits = to.route.strip_prefix('+').unwrap_or(&to.route);
    let national = digits.strip_prefix("549").filter(|national| national.len() == 10)?;
    let listed = error.code == Some(NOT_LISTED) && national.bytes().all(|byte| byte.is_ascii_digit());
    listed.then(|| Address { route: format!("54{national}"), ..to.clone() })
}
