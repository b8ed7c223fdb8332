//! Bringing a file of ours to Meta, where it stays thirty days. Called by `mod.rs`; it must not read more of the
//! file than its length: what it is was decided when it was stored.

use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    WhatsApp, formats,
    message::bare_mime,
    send::outcome::{failure, not_connected},
};
use crate::{CallFailure, Fault, Retry, SendError, lenient::word};

/// Meta wants a name; nobody sees it.
const NAME: &str = "archivo";

impl WhatsApp {
    /// `None` for an account that is not ours, a type that Meta does not take, and a file that is empty or larger
    /// than Meta's limit for its kind.
    pub(super) fn bring(&self, account: &str, mime: &str, bytes: &Bytes) -> Option<Request<Bytes>> {
        let kind = formats::kind_of(mime)?;
        if !self.owns(account) || bytes.is_empty() || bytes.len() > formats::limit(kind) {
            return None;
        }
        let (content_type, body) = multipart(&bare_mime(mime.to_owned()), bytes);
        self.post(&self.url(&format!("{account}/media")), &content_type, body)
    }
}

/// The form's `Content-Type` and bytes (RFC 7578). The boundary is made from the file's hash: no file holds its own.
fn multipart(mime: &str, bytes: &[u8]) -> (String, Bytes) {
    let digest = hex::encode(Sha256::digest(bytes));
    let boundary: String = "ventanilla-".chars().chain(digest.chars().take(32)).collect();
    let mut body = Vec::with_capacity(bytes.len() + 1024);
    for (name, value) in [("messaging_product", "whatsapp"), ("type", mime)] {
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value.as_bytes());
        body.extend_from_slice(b"\r\n");
    }
    let file = format!("form-data; name=\"file\"; filename=\"{NAME}\"\r\nContent-Type: {mime}");
    body.extend_from_slice(format!("--{boundary}\r\nContent-Disposition: {file}\r\n\r\n").as_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), Bytes::from(body))
}

/// The id to send the file by. A second upload does no harm, so whatever is in doubt is tried again.
pub(super) fn read(answer: Result<&Response<Bytes>, CallFailure>) -> Result<String, SendError> {
    let answer = match answer {
        Ok(answer) => answer,
        Err(CallFailure::NotConnected) => return Err(not_connected()),
        Err(CallFailure::NoAnswer) => return Err(in_doubt()),
    };
    if !answer.status().is_success() {
        return Err(failure(answer).unwrap_or_else(in_doubt));
    }
    let told: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
    word(told.get("id")).filter(|id| formats::is_id(id)).ok_or_else(in_doubt)
}

fn in_doubt() -> SendError {
    SendError {
        retry: Retry::Backoff,
        fault: Fault::Provider,
        code: None,
        sentence: "WhatsApp no confirmó que recibió el archivo: lo intentamos de nuevo.".to_owned(),
    }
}
