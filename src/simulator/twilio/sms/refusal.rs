//! How Twilio's REST side refuses: code, HTTP status, sentence.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde_json::json;

/// One refusal in the provider's words.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) code: u32,
    message: String,
}

impl Refusal {
    pub(super) fn new(code: u32, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// With the sentence Twilio has for this code.
    pub(super) fn of(code: u32) -> Self {
        Self::new(code, sentence(code))
    }

    /// Nothing here has this sid.
    pub(super) fn not_found(path: &str) -> Self {
        Self::new(20_404, format!("The requested resource {path} was not found"))
    }

    fn http(&self) -> StatusCode {
        match self.code {
            20_003 => StatusCode::UNAUTHORIZED,
            20_404 => StatusCode::NOT_FOUND,
            20_429 | 63_018 => StatusCode::TOO_MANY_REQUESTS,
            20_500 => StatusCode::INTERNAL_SERVER_ERROR,
            20_503 => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (code, http) = (self.code, self.http());
        let body = json!({
            "code": code,
            "message": self.message,
            "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
            "status": http.as_u16(),
        });
        (http, Json(body)).into_response()
    }
}

fn sentence(code: u32) -> &'static str {
    match code {
        20_003 => "Authenticate",
        20_429 => "Too Many Requests",
        20_500 => "An internal server error has occurred",
        20_503 => "Service unavailable",
        21_408 => {
            "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"
        }
        21_602 => "Message body is required.",
        21_603 => "A 'From' phone number is required.",
        21_604 => "A 'To' phone number is required.",
        21_608 => "The number is unverified. Trial accounts cannot send messages to unverified numbers",
        21_609 => "The 'StatusCallback' URL is not a valid URL.",
        21_610 => "Attempt to send to unsubscribed recipient",
        21_611 => "This 'From' number has exceeded the maximum number of queued messages",
        21_612 => "The 'To' phone number is not currently reachable via SMS",
        21_617 => "The concatenated message body exceeds the 1600 character limit",
        21_620 => "Invalid media URL(s)",
        21_701 => "The Messaging Service does not exist",
        30_001 => "Queue overflow",
        30_002 => "Account suspended",
        _ => "The request could not be processed",
    }
}
