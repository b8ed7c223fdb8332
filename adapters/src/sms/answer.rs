//! What every provider's answers have in common. Called by `mod.rs` and the providers; it knows none of them.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};

use crate::{Fault, Outcome, Retry, SendError};

/// A longer `Retry-After` is no advice any more.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) const BUSY: &str =
    "Vamos más rápido de lo que permite el proveedor de SMS: el mensaje saldrá en unos minutos.";
pub(super) const ACCESS: &str =
    "El proveedor de SMS ya no acepta nuestra clave: hay que renovarla en la configuración.";
pub(super) const NOT_A_PHONE: &str =
    "La dirección de esta persona no es un teléfono: búscala por otro medio.";
pub(super) const BROKEN: &str =
    "La dirección o la clave del proveedor de SMS en la configuración no es válida: avisa a soporte.";

pub(super) fn error(retry: Retry, fault: Fault, sentence: &str) -> SendError {
    SendError { retry, fault, code: None, sentence: sentence.to_owned() }
}

/// Nothing that we do again would help.
pub(super) fn never(fault: Fault, sentence: &str) -> SendError {
    error(Retry::Never, fault, sentence)
}

pub(super) fn not_connected() -> SendError {
    let sentence = "No hay conexión con el proveedor de SMS: el mensaje saldrá en cuanto vuelva.";
    error(Retry::Backoff, Fault::Provider, sentence)
}

/// What a status says on its own. A server that failed may have taken the message: never send it twice for that.
pub(super) fn by_status(answer: &Response<Bytes>) -> Outcome {
    match answer.status() {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Outcome::Failed(never(Fault::Account, ACCESS)),
        StatusCode::TOO_MANY_REQUESTS => {
            let retry = asked_wait(answer).unwrap_or(Retry::Backoff);
            Outcome::Failed(error(retry, Fault::Provider, BUSY))
        }
        _ => Outcome::Unsure,
    }
}

/// `Retry-After` in seconds.
pub(super) fn asked_wait(answer: &Response<Bytes>) -> Option<Retry> {
    let seconds = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Retry::After(Duration::from_secs(seconds).min(LONGEST_WAIT)))
}

/// "Received": nothing in the body.
pub(super) fn empty() -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

pub(super) fn no_content() -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}
