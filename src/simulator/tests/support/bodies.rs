//! Bodies of sends to Maria.

use serde_json::{Value, json};

use super::MARIA;

pub fn text_to(to: &str, text: &str) -> Value {
    json!({"messaging_product": "whatsapp", "recipient_type": "individual", "to": to, "type": "text", "text": {"body": text}})
}

/// A message of `kind` to Maria.
pub fn message(kind: &str, body: Value) -> Value {
    json!({"messaging_product": "whatsapp", "to": format!("+{MARIA}"), "type": kind, kind: body})
}

/// An interactive message of `kind` to Maria.
pub fn interactive(kind: &str, action: &Value) -> Value {
    let body = json!({"text": "¿La dirección es correcta?"});
    message("interactive", json!({"type": kind, "body": body, "action": action}))
}

/// Reply buttons of these titles to Maria; their ids are `b0`, `b1`, …
pub fn buttons_to(titles: &[&str]) -> Value {
    let button = |(i, title)| json!({"type": "reply", "reply": {"id": format!("b{i}"), "title": title}});
    let buttons: Vec<Value> = titles.iter().enumerate().map(button).collect();
    interactive("button", &json!({"buttons": buttons}))
}

/// A template in Mexican Spanish to Maria.
pub fn template_to(name: &str, components: Value) -> Value {
    message("template", json!({"name": name, "language": {"code": "es_MX"}, "components": components}))
}

/// The body with one value put in, or, by null, taken away.
pub fn but(mut body: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap()[key] = value;
    body
}
