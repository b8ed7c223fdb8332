//! One [`Message`] -> the request that sends it, and Meta's answer -> [`Outcome`]. Called by `mod.rs`; it must not
//! shorten anything: messages come rendered, and one that is still too long is refused here, in words.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode, header};
use serde_json::{Map, Value, json};

use super::{WhatsApp, errors, person::bsuid};
use crate::{
    CallFailure, Capabilities, Choice, Delivery, Fault, Message, Outcome, Outgoing, Retry, SendError,
    lenient::word, text::utf16_len,
};

/// Meta: `biz_opaque_callback_data` has at most 512 characters.
const MAX_REFERENCE: usize = 512;
/// Meta: the id of a button has at most 256 characters, that of a row 200.
const MAX_BUTTON_ID: usize = 256;
const MAX_ROW_ID: usize = 200;
/// A longer `Retry-After` is no advice any more.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);
/// "Something went wrong": said with a 5xx it leaves open whether the message went out.
const VAGUE_CODES: [i64; 2] = [1, 131_000];

impl WhatsApp {
    pub(super) fn write(&self, outgoing: &Outgoing) -> Delivery {
        match self.body(outgoing).and_then(|body| self.request(&outgoing.to.account, &body)) {
            Ok(request) => Delivery::Call(request),
            Err(error) => Delivery::Impossible(error),
        }
    }

    fn request(&self, account: &str, body: &Value) -> Result<Request<Bytes>, SendError> {
        let broken = || {
            let sentence =
                "La dirección o la clave de WhatsApp en la configuración no es válida: avisa a soporte.";
            impossible(Fault::Account, sentence.to_owned())
        };
        Request::post(self.url(&format!("{account}/messages")))
            .header(header::AUTHORIZATION, self.bearer().ok_or_else(broken)?)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Bytes::from(body.to_string()))
            .map_err(|_| broken())
    }

    fn body(&self, outgoing: &Outgoing) -> Result<Value, SendError> {
        let account = &outgoing.to.account;
        if !self.config.numbers.iter().any(|number| number.phone_number_id == *account) {
            let sentence =
                "El número de WhatsApp desde el que iba el mensaje ya no es nuestro: avisa a soporte.";
            return Err(impossible(Fault::Account, sentence.to_owned()));
        }
        let mut body = Map::new();
        body.insert("messaging_product".to_owned(), json!("whatsapp"));
        body.insert("recipient_type".to_owned(), json!("individual"));
        let (key, recipient) = recipient(&outgoing.to.route)?;
        body.insert(key.to_owned(), json!(recipient));
        let (kind, content) = content(&outgoing.message, &self.capabilities)?;
        body.insert("type".to_owned(), json!(kind));
        body.insert(kind.to_owned(), content);
        within("La referencia", &outgoing.reference, MAX_REFERENCE)?;
        body.insert("biz_opaque_callback_data".to_owned(), json!(outgoing.reference));
        Ok(Value::Object(body))
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

fn content(message: &Message, can: &Capabilities) -> Result<(&'static str, Value), SendError> {
    let limit = if matches!(message, Message::Text { .. }) { can.text } else { can.interactive_body };
    within("El texto", message.text(), limit)?;
    filled("El mensaje", message.text())?;
    let text = message.text();
    Ok(match message {
        Message::Text { .. } => ("text", json!({"preview_url": false, "body": text})),
        Message::Buttons { buttons, .. } => {
            let action = json!({"buttons": write_buttons(buttons, can)?});
            ("interactive", json!({"type": "button", "body": {"text": text}, "action": action}))
        }
        Message::List { open, rows, .. } => {
            labelled("El botón que abre la lista", open, can.button_title)?;
            let action = json!({"button": open, "sections": [{"rows": write_rows(rows, can)?}]});
            ("interactive", json!({"type": "list", "body": {"text": text}, "action": action}))
        }
        Message::LocationRequest { .. } => {
            let action = json!({"name": "send_location"});
            (
                "interactive",
                json!({"type": "location_request_message", "body": {"text": text}, "action": action}),
            )
        }
    })
}

fn write_buttons(buttons: &[Choice], can: &Capabilities) -> Result<Vec<Value>, SendError> {
    counted("botones", buttons.len(), can.buttons)?;
    unique(buttons, |button| &button.payload)?;
    // Meta refuses two buttons with one title; for rows it does not mind.
    unique(buttons, |button| &button.label)?;
    buttons
        .iter()
        .map(|Choice { payload, label, .. }| {
            labelled("El botón", label, can.button_title)?;
            labelled("El identificador de un botón", payload, MAX_BUTTON_ID)?;
            Ok(json!({"type": "reply", "reply": {"id": payload, "title": label}}))
        })
        .collect()
}

fn write_rows(rows: &[Choice], can: &Capabilities) -> Result<Vec<Value>, SendError> {
    counted("opciones", rows.len(), can.list_rows)?;
    unique(rows, |row| &row.payload)?;
    rows.iter().map(|row| write_row(row, can)).collect()
}

fn write_row(row: &Choice, can: &Capabilities) -> Result<Value, SendError> {
    labelled("La opción", &row.label, can.row_title)?;
    labelled("El identificador de una opción", &row.payload, MAX_ROW_ID)?;
    let mut written = json!({"id": row.payload, "title": row.label});
    if let Some(description) = row.description.as_deref().filter(|text| !text.trim().is_empty()) {
        within("La descripción de una opción", description, can.row_description)?;
        written["description"] = json!(description);
    }
    Ok(written)
}

fn within(what: &str, text: &str, limit: usize) -> Result<(), SendError> {
    let length = utf16_len(text);
    if length <= limit {
        return Ok(());
    }
    Err(ours(format!("{what} tiene {length} caracteres y WhatsApp permite {limit}: hay que acortarlo.")))
}

fn filled(what: &str, text: &str) -> Result<(), SendError> {
    if text.trim().is_empty() { Err(ours(format!("{what} está vacío: no se envió."))) } else { Ok(()) }
}

fn labelled(what: &str, text: &str, limit: usize) -> Result<(), SendError> {
    filled(what, text)?;
    within(what, text, limit)
}

fn counted(what: &str, count: usize, limit: usize) -> Result<(), SendError> {
    match count {
        0 => Err(ours(format!("El mensaje debía llevar {what} y no lleva ninguna opción."))),
        _ if count > limit => {
            Err(ours(format!("El mensaje lleva {count} {what} y WhatsApp permite {limit}.")))
        }
        _ => Ok(()),
    }
}

fn unique(choices: &[Choice], of: fn(&Choice) -> &String) -> Result<(), SendError> {
    let seen: std::collections::BTreeSet<&String> = choices.iter().map(of).collect();
    if seen.len() == choices.len() {
        return Ok(());
    }
    Err(ours("Dos opciones del mensaje son iguales y WhatsApp no lo permite.".to_owned()))
}

fn ours(sentence: String) -> SendError {
    impossible(Fault::Message, sentence)
}

fn impossible(fault: Fault, sentence: String) -> SendError {
    SendError { retry: Retry::Never, fault, code: None, sentence }
}

/// Reads Meta's answer. What may have been sent is never called failed: a second message is worse than a late one.
pub(super) fn outcome(answer: Result<&Response<Bytes>, CallFailure>) -> Outcome {
    let answer = match answer {
        Ok(answer) => answer,
        Err(CallFailure::NotConnected) => return Outcome::Failed(not_connected()),
        Err(CallFailure::NoAnswer) => return Outcome::Unsure,
    };
    let body: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
    if answer.status().is_success() {
        let id = body.pointer("/messages/0/id");
        return word(id).map_or(Outcome::Unsure, |provider_id| Outcome::Accepted { provider_id });
    }
    match body.get("error").and_then(|error| refusal(error, answer)) {
        Some(error) => Outcome::Failed(error),
        None if answer.status() == StatusCode::TOO_MANY_REQUESTS => {
            let busy = errors::explain(THROUGHPUT);
            Outcome::Failed(SendError { retry: asked_wait(answer).unwrap_or(busy.retry), code: None, ..busy })
        }
        None => Outcome::Unsure,
    }
}

/// Meta's code for too many messages from one number: what a bare 429 means.
const THROUGHPUT: i64 = 130_429;

fn not_connected() -> SendError {
    SendError {
        retry: Retry::Backoff,
        fault: Fault::Provider,
        code: None,
        sentence: "No hay conexión con WhatsApp: el mensaje saldrá en cuanto vuelva.".to_owned(),
    }
}

/// What Meta's error means; `None` where it leaves open whether the message was taken.
fn refusal(error: &Value, answer: &Response<Bytes>) -> Option<SendError> {
    let code: i64 = word(error.get("code"))?.parse().ok()?;
    let known = errors::find(code).is_some();
    if answer.status().is_server_error() && (!known || VAGUE_CODES.contains(&code)) {
        return None;
    }
    let mut refusal = errors::explain(code);
    if !known {
        judge_unknown(&mut refusal, error, answer.status());
    }
    let may_wait = refusal.retry != Retry::Never || answer.status() == StatusCode::TOO_MANY_REQUESTS;
    if let Some(wait) = asked_wait(answer).filter(|_| may_wait) {
        refusal.retry = wait;
    }
    Some(refusal)
}

/// A code of the future still says something by its status.
fn judge_unknown(refusal: &mut SendError, error: &Value, status: StatusCode) {
    let transient = error.get("is_transient").and_then(Value::as_bool) == Some(true);
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => refusal.fault = Fault::Account,
        StatusCode::TOO_MANY_REQUESTS => (refusal.retry, refusal.fault) = (Retry::Backoff, Fault::Provider),
        _ if transient => (refusal.retry, refusal.fault) = (Retry::Backoff, Fault::Provider),
        _ => {}
    }
}

/// `Retry-After` in seconds. Meta does not send it, proxies between us do.
fn asked_wait(answer: &Response<Bytes>) -> Option<Retry> {
    let seconds = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Retry::After(Duration::from_secs(seconds).min(LONGEST_WAIT)))
}
