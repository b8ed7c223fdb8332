//! How Meta refuses: the error body and its HTTP status. Made by the Graph side from the table in `codes`, counted in
//! the stats.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::codes::{self, Code};

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
    /// A documented code with details of its own.
    pub(super) fn of(code: i32, details: impl Into<String>) -> Self {
        Self {
            details: Some(details.into()),
            ..Self::documented(codes::find(code).unwrap_or(&codes::UNKNOWN))
        }
    }

    /// A documented code with its usual details.
    pub(super) fn documented(code: &Code) -> Self {
        Self {
            code: code.code,
            http: StatusCode::from_u16(code.http).unwrap_or(StatusCode::BAD_REQUEST),
            subcode: None,
            message: format!("(#{}) {}", code.code, code.title),
            details: Some(code.details.to_owned()),
        }
    }

    /// The code's usual words, by number.
    pub(super) fn usual(code: i32) -> Self {
        // Meta writes an expired token differently from everything else.
        if code == 190 {
            Self::token()
        } else {
            Self::documented(codes::find(code).unwrap_or(&codes::UNKNOWN))
        }
    }

    /// The body's shape is wrong.
    pub(super) fn invalid(details: impl Into<String>) -> Self {
        Self::of(100, details)
    }

    pub(super) fn missing(field: impl std::fmt::Display) -> Self {
        Self::of(131_008, format!("{field}: this parameter is required."))
    }

    pub(super) fn value(details: impl Into<String>) -> Self {
        Self::of(131_009, details)
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
        Self::of(131_026, "Message undeliverable: nobody has this address in the simulator.")
    }

    pub(super) fn media(details: impl Into<String>) -> Self {
        Self::of(131_053, details)
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
