//! `POST /{phone_number_id}/messages`: what Meta does with a send. The only way the town's words reach a simulated
//! phone.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, header};
use serde_json::{Map, Value, json};
use subtle::ConstantTimeEq;

use super::{Inner, error::GraphError, part::Part, resolve::REACH_MS, validate};

/// The phone within the wamid of people who hide theirs.
pub(super) const HIDDEN: &str = "000000000000";

pub(super) async fn messages(
    State(inner): State<Arc<Inner>>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let body = inner
        .entered(&version, &headers)
        .and_then(|()| inner.is_ours(&id))
        .and_then(|()| json_object(&headers, &body));
    let answer = match body {
        Ok(body) if body.contains_key("status") => inner.mark_read(&body),
        Ok(body) => match validate::send(&body) {
            Ok(send) => inner.send(send).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    inner.answer(answer)
}

fn json_object(headers: &HeaderMap, body: &[u8]) -> Result<Map<String, Value>, GraphError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        return Err(GraphError::invalid("Content-Type: must be application/json."));
    }
    serde_json::from_slice(body).map_err(|_| GraphError::invalid("The body must be a JSON object."))
}

impl Inner {
    /// Version and bearer, which every Graph call must get right.
    pub(super) fn entered(&self, version: &str, headers: &HeaderMap) -> Result<(), GraphError> {
        let numbers = version.strip_prefix('v').and_then(|numbers| numbers.split_once('.'));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !self.bears_token(headers) {
            Err(GraphError::token())
        } else if numbers.is_some_and(|(major, minor)| digits(major) && digits(minor)) {
            Ok(())
        } else {
            Err(GraphError::unknown_version(version))
        }
    }

    pub(super) fn bears_token(&self, headers: &HeaderMap) -> bool {
        let header = headers.get(header::AUTHORIZATION).map(http::HeaderValue::as_bytes);
        let token = header.and_then(|header| header.strip_prefix(b"Bearer "));
        token.is_some_and(|token| token.ct_eq(self.access_token.as_bytes()).into())
    }

    pub(super) fn is_ours(&self, phone_number_id: &str) -> Result<(), GraphError> {
        if phone_number_id == self.account.phone_number_id {
            return Ok(());
        }
        Err(GraphError::unknown_object(phone_number_id))
    }

    /// Counts a refusal and writes it as Meta does.
    pub(super) fn answer(&self, answer: Result<Response, GraphError>) -> Response {
        answer.unwrap_or_else(|error| {
            self.counts.refused(error.code);
            error.into_response(self.ids.trace())
        })
    }

    /// Blue ticks, and the typing sign if asked for.
    fn mark_read(&self, body: &Map<String, Value>) -> Result<Response, GraphError> {
        let root = Part::root(body);
        root.only(&["messaging_product", "status", "message_id", "typing_indicator"])?;
        validate::product(&root)?;
        root.exactly("status", "read")?;
        let typing = root.optional_object("typing_indicator")?;
        if let Some(typing) = &typing {
            typing.only(&["type"])?;
            typing.exactly("type", "text")?;
        }
        let (id, now) = (root.text("message_id", validate::LONG)?, (self.clock)());
        let Some(wa_id) = self.phones.town_read(id, now - REACH_MS) else {
            return Err(GraphError::value(
                "message_id: no message of a person from the last 30 days has this id.",
            ));
        };
        if typing.is_some() {
            self.phones.typing(&wa_id, now);
        }
        Ok(Json(json!({"success": true})).into_response())
    }
}
