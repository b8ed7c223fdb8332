//! How Meta refuses: the error body, its codes, its HTTP statuses. Made by the Graph side, counted in the stats.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde_json::{Map, Value, json};

/// One refusal in the provider's words.
#[derive(Debug)]
pub(super) struct GraphError {
    pub(super) code: i32,
    http: StatusCode,
    subcode: Option<i32>,
    message: String,
    details: Option<String>,
}

impl GraphError {
    fn new(http: StatusCode, code: i32, title: &str, details: impl Into<String>) -> Self {
        let message = format!("(#{code}) {title}");
        Self { code, http, subcode: None, message, details: Some(details.into()) }
    }

    fn bad(code: i32, title: &str, details: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, title, details)
    }

    /// The body's shape is wrong.
    pub(super) fn invalid(details: impl Into<String>) -> Self {
        Self::bad(100, "Invalid parameter", details)
    }

    pub(super) fn missing(field: impl std::fmt::Display) -> Self {
        Self::bad(131_008, "Required parameter is missing", format!("{field}: this parameter is required."))
    }

    pub(super) fn value(details: impl Into<String>) -> Self {
        Self::bad(131_009, "Parameter value is not valid", details)
    }

    pub(super) fn token() -> Self {
        Self {
            code: 190,
            http: StatusCode::UNAUTHORIZED,
            subcode: Some(463),
            message: "Error validating access token: the session is not valid or has expired.".into(),
            details: None,
        }
    }

    pub(super) fn unknown_object(id: &str) -> Self {
        let message = format!(
            "Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, \
             or does not support this operation."
        );
        Self { code: 100, http: StatusCode::BAD_REQUEST, subcode: Some(33), message, details: None }
    }

    pub(super) fn unknown_version(version: &str) -> Self {
        let message = format!("Unknown path components: /{version}");
        Self { code: 2500, http: StatusCode::BAD_REQUEST, subcode: None, message, details: None }
    }

    pub(super) fn undeliverable() -> Self {
        Self::bad(
            131_026,
            "Message undeliverable",
            "Message undeliverable: nobody has this address in the simulator.",
        )
    }

    pub(super) fn window_closed() -> Self {
        Self::bad(
            131_047,
            "Re-engagement message",
            "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
        )
    }

    pub(super) fn pair_rate() -> Self {
        Self::bad(
            131_056,
            "(Business Account, Consumer Account) pair rate limit hit",
            "Message failed to send because there were too many messages sent from this phone number to the same phone \
             number in a short period of time.",
        )
    }

    pub(super) fn throughput() -> Self {
        Self::bad(
            130_429,
            "Rate limit hit",
            "Message failed to send because there were too many messages sent from this phone number in a short period \
             of time.",
        )
    }

    pub(super) fn no_template(name: &str, language: &str) -> Self {
        let details = format!("template name ({name}) does not exist in {language}");
        Self::new(StatusCode::NOT_FOUND, 132_001, "Template name does not exist in the translation", details)
    }

    pub(super) fn media(details: impl Into<String>) -> Self {
        Self::bad(131_053, "Media upload error", details)
    }

    /// Meta's own trouble: the message was not taken.
    pub(super) fn went_wrong() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, 131_000, "Something went wrong", "Something went wrong.")
    }

    pub(super) fn into_response(self, trace: String) -> Response {
        let mut error = Map::new();
        error.insert("message".into(), self.message.into());
        error.insert("type".into(), "OAuthException".into());
        error.insert("code".into(), self.code.into());
        if let Some(details) = self.details {
            error.insert("error_data".into(), json!({"messaging_product": "whatsapp", "details": details}));
        }
        if let Some(subcode) = self.subcode {
            error.insert("error_subcode".into(), subcode.into());
        }
        error.insert("fbtrace_id".into(), trace.into());
        (self.http, Json(json!({"error": Value::Object(error)}))).into_response()
    }
}
