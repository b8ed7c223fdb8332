//! What a dialplan asks by HTTP about a call of the town's own telephone exchange. Answers are one word or none, as
//! Asterisk's `CURL()` puts the body into a variable whatever the status is.

use std::sync::Arc;

use axum::{
    Router,
    body::to_bytes,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use subtle::ConstantTimeEq;
use tracing::{error, warn};
use uuid::Uuid;
use ventanilla_adapters::audiosocket::Outcome;

use super::trace_of;
use crate::{
    app::App,
    telephony::{self, After, AnnounceError, Stage},
};

/// A form of three fields is far shorter.
const MAX_BODY: usize = 4096;
/// The call is over: the dialplan may hang up.
const OVER: &str = "fin";
/// It is on our line, or about to be.
const OURS: &str = "bot";

pub(super) fn router(app: Arc<App>) -> Router {
    if !app.config.audiosocket.is_on() {
        return Router::new();
    }
    Router::new()
        .route("/webhooks/voice/audiosocket/calls", post(announce))
        .route("/webhooks/voice/audiosocket/calls/{id}", get(next).post(outcome))
        .with_state(app)
}

/// A call is coming. Answers its UUID, for `AudioSocket()`.
async fn announce(State(app): State<Arc<App>>, request: Request) -> Response {
    let (trace, body) = match read(&app, request).await {
        Ok(read) => read,
        Err(status) => return status.into_response(),
    };
    match telephony::announce(&app, &body, &trace).await {
        Ok(id) => id.hyphenated().to_string().into_response(),
        Err(err) => refuse(&err, &trace),
    }
}

/// What the dialplan is to do with a call that came back from us: the word of `audiosocket.person`, or `fin`.
async fn next(State(app): State<Arc<App>>, Path(id): Path<Uuid>, headers: HeaderMap) -> Response {
    if !is_ours(&app, &headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    match app.calls.stage(id) {
        Some(Stage::Left(After::Person(person))) => person.into_response(),
        Some(Stage::Left(After::Over)) => OVER.into_response(),
        Some(Stage::Announced { .. } | Stage::Talking) => OURS.into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What became of a call that was passed on. Answers the UUID again where the call is to come back.
async fn outcome(State(app): State<Arc<App>>, Path(id): Path<Uuid>, request: Request) -> Response {
    let (trace, body) = match read(&app, request).await {
        Ok(read) => read,
        Err(status) => return status.into_response(),
    };
    let Some(outcome) = Outcome::read(&body) else { return refuse(&AnnounceError::Unreadable, &trace) };
    match telephony::outcome(&app, id, outcome, &body, &trace).await {
        Ok(()) if outcome == Outcome::Unattended => id.hyphenated().to_string().into_response(),
        Ok(()) => OVER.into_response(),
        Err(err) => refuse(&err, &trace),
    }
}

/// The trace and the body of a request that proves itself.
async fn read(app: &App, request: Request) -> Result<(String, Bytes), StatusCode> {
    if !is_ours(app, request.headers()) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let trace = trace_of(&request);
    let body = to_bytes(request.into_body(), MAX_BODY).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    Ok((trace, body))
}

/// `Bearer` with the secret (`CURLOPT(httpheader)`), or any user with the secret as password (`CURLOPT(userpwd)`).
fn is_ours(app: &App, headers: &HeaderMap) -> bool {
    let secret = app.config.audiosocket.secret.expose();
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(password);
    let right = shown.is_some_and(|shown| bool::from(shown.as_bytes().ct_eq(secret.as_bytes())));
    if !right {
        metrics::counter!("ventanilla_webhooks_refused_total", "reason" => "secret").increment(1);
        warn!("a dialplan did not show audiosocket.secret and was refused");
    }
    right && !secret.is_empty()
}

fn password(authorization: &str) -> Option<String> {
    let (scheme, value) = authorization.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(value.trim().to_owned());
    }
    let decoded = scheme.eq_ignore_ascii_case("basic").then(|| STANDARD.decode(value.trim()).ok())??;
    Some(String::from_utf8(decoded).ok()?.split_once(':')?.1.to_owned())
}

/// Nothing but a status: the body would end up in the dialplan's variable.
fn refuse(err: &AnnounceError, trace: &str) -> Response {
    let status = match err {
        AnnounceError::Unreadable | AnnounceError::NotOurs(_) => StatusCode::BAD_REQUEST,
        AnnounceError::Known => StatusCode::CONFLICT,
        AnnounceError::Unknown => StatusCode::NOT_FOUND,
        AnnounceError::Full | AnnounceError::NotKept(_) => StatusCode::SERVICE_UNAVAILABLE,
    };
    if status == StatusCode::SERVICE_UNAVAILABLE {
        error!(trace, alert = true, "a call was sent back to the dialplan: {err}");
    } else {
        warn!(trace, "a dialplan asked for what cannot be: {err}");
    }
    status.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_comes_as_a_token_or_as_a_password() {
        assert_eq!(password("Bearer palabra").as_deref(), Some("palabra"));
        let basic = format!("Basic {}", STANDARD.encode("asterisk:pala:bra"));
        assert_eq!(password(&basic).as_deref(), Some("pala:bra"));
        for wrong in ["palabra", "Digest palabra", "Basic ???", "Basic YQ=="] {
            assert_eq!(password(wrong), None, "{wrong}");
        }
    }
}
