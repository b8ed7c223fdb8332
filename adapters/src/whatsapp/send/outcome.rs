//! Meta's answer -> [`Outcome`]. Called by `mod.rs`, and by `upload` for what went wrong. What may have been sent is
//! never called failed: a second message is worse than a late one.

use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode, header};
use serde_json::Value;

use crate::{CallFailure, Fault, Outcome, Retry, SendError, lenient::word, whatsapp::errors};

/// A longer `Retry-After` is no advice any more.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);
/// "Something went wrong": said with a 5xx it leaves open whether the message went out.
const VAGUE_CODES: [i64; 2] = [1, 131_000];
/// Meta's code for too many messages from one number: what a bare 429 means.
const THROUGHPUT: i64 = 130_429;

pub(in crate::whatsapp) fn read(answer: Result<&Response<Bytes>, CallFailure>) -> Outcome {
    let answer = match answer {
        Ok(answer) => answer,
        Err(CallFailure::NotConnected) => return Outcome::Failed(not_connected()),
        Err(CallFailure::NoAnswer) => return Outcome::Unsure,
    };
    if answer.status().is_success() {
        let body: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        let id = body.pointer("/messages/0/id");
        return word(id).map_or(Outcome::Unsure, |provider_id| Outcome::Accepted { provider_id });
    }
    failure(answer).map_or(Outcome::Unsure, Outcome::Failed)
}

/// Why Meta refused; `None` where it leaves open whether something was taken.
pub(in crate::whatsapp) fn failure(answer: &Response<Bytes>) -> Option<SendError> {
    let body: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
    match body.get("error").and_then(|error| refusal(error, answer)) {
        None if answer.status() == StatusCode::TOO_MANY_REQUESTS => {
            let busy = errors::explain(THROUGHPUT);
            Some(SendError { retry: asked_wait(answer).unwrap_or(busy.retry), code: None, ..busy })
        }
        told => told,
    }
}

pub(in crate::whatsapp) fn not_connected() -> SendError {
    SendError {
        retry: Retry::Backoff,
        fault: Fault::Provider,
        code: None,
        sentence: "No hay conexión con WhatsApp: el mensaje saldrá en cuanto vuelva.".to_owned(),
    }
}

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
