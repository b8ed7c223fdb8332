//! What both pages' sides share, the town's numbers, faults and counts. No password: the simulator only listens on
//! loopback.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

use super::{Inner, faults::Fault};

/// A refusal the page can show.
#[derive(Debug)]
pub(super) struct PageError(pub(super) StatusCode, pub(super) String);

impl PageError {
    pub(super) fn bad(sentence: impl Into<String>) -> Self {
        Self(StatusCode::BAD_REQUEST, sentence.into())
    }

    pub(super) fn phone() -> Self {
        Self::bad("Un teléfono son de 8 a 15 cifras sin el signo +, como 5219811234567.")
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1}))).into_response()
    }
}

pub(super) type Answer = Result<Response, PageError>;

pub(super) fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, PageError> {
    // The parser's own sentence may quote what a person wrote.
    serde_json::from_slice(body).map_err(|_| PageError::bad("El cuerpo de la petición no es el esperado."))
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct After {
    #[serde(default)]
    pub(super) after: u64,
}

/// The last `seq` a browser saw.
pub(super) fn seen(headers: &HeaderMap, query: After) -> u64 {
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    last.unwrap_or(0).max(query.after)
}

pub(super) fn routes() -> Router<Arc<Inner>> {
    Router::new()
        .route("/simulator/api/twilio", get(town))
        .route("/simulator/api/twilio/stats", get(stats))
        .route("/simulator/api/twilio/alerts", get(alerts))
        .route("/simulator/api/twilio/faults", post(arm).delete(disarm))
}

async fn town(State(inner): State<Arc<Inner>>) -> Response {
    Json(json!({"sms": {"number": inner.sms_number}, "voice": {"number": inner.voice_number}}))
        .into_response()
}

async fn stats(State(inner): State<Arc<Inner>>) -> Response {
    Json(inner.counts.snapshot()).into_response()
}

async fn alerts(State(inner): State<Arc<Inner>>) -> Response {
    Json(json!({"alerts": inner.counts.alerts()})).into_response()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Arm {
    fail: Fault,
    #[serde(default = "once")]
    times: u32,
}

fn once() -> u32 {
    1
}

async fn arm(State(inner): State<Arc<Inner>>, body: Bytes) -> Answer {
    let Arm { fail, times } = parsed(&body)?;
    inner.faults.arm(fail, times);
    Ok(Json(json!({"fail": fail, "times": times})).into_response())
}

async fn disarm(State(inner): State<Arc<Inner>>) -> StatusCode {
    inner.faults.clear();
    StatusCode::NO_CONTENT
}
