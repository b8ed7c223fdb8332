//! Meta's envelopes, written by hand: for what a simulated phone cannot do.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use ventanilla::demo;

pub const LUPE: &str = "5219811110001";

/// What stands in `X-Hub-Signature-256` for these bytes.
pub fn signature(body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(demo::APP_SECRET.as_bytes()).unwrap();
    mac.update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

/// A message object of Meta's.
pub fn text(id: &str, from: &str, words: &str) -> Value {
    json!({ "from": from, "id": id, "timestamp": "1795449600", "type": "text", "text": { "body": words } })
}

/// One POST with these messages, to the demo's number.
pub fn messages(messages: &[Value]) -> Value {
    envelope(&[change(demo::PHONE_NUMBER_ID, "messages", messages)])
}

/// One POST with these statuses.
pub fn statuses(statuses: &[Value]) -> Value {
    envelope(&[change(demo::PHONE_NUMBER_ID, "statuses", statuses)])
}

pub fn status(provider_id: &str, state: &str, to: &str) -> Value {
    json!({ "id": provider_id, "status": state, "timestamp": "1795449600", "recipient_id": to })
}

pub fn change(phone_number_id: &str, kind: &str, items: &[Value]) -> Value {
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "529810000100", "phone_number_id": phone_number_id },
    });
    value[kind] = json!(items);
    json!({ "field": "messages", "value": value })
}

pub fn envelope(changes: &[Value]) -> Value {
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "102290129340398", "changes": changes }] })
}
