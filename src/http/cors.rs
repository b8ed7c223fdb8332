//! Which pages may talk to the web chat. The chat stands on pages of other origins (the town's own site), and
//! browsers ask first: this answers, and turns away who is not in `webchat.origins`. In front of every `/webchat/`
//! route, the adapter's too; other routes pass. It is no log-in: what opens a mailbox is the visitor's token.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::info;

use super::ApiError;
use crate::app::App;

/// Seconds that a browser may remember the answer; Chromium takes no more than two hours.
const REMEMBERED: HeaderValue = HeaderValue::from_static("7200");
const METHODS: HeaderValue = HeaderValue::from_static("GET, POST");
const HEADERS: HeaderValue = HeaderValue::from_static("authorization, content-type");
/// What a page may read beside the body.
const EXPOSED: HeaderValue = HeaderValue::from_static("retry-after");

const NOT_ALLOWED: &str = "the chat may not be used from this page: add the page's address (https:// and host) to \
                           `origins` in the section [webchat] of the server's settings";

pub(super) async fn webchat(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/webchat/") {
        return next.run(request).await;
    }
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut response = answer(&app, request, next).await;
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Some(origin) = origin {
        // Named for strangers too, or they could not read why they are refused. Cookies are never asked for.
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
    response
}

async fn answer(app: &App, request: Request, next: Next) -> Response {
    if is_preflight(&request) {
        return preflight();
    }
    match request.headers().get(header::ORIGIN) {
        Some(origin) if !is_allowed(app, origin, request.headers()) => refuse(origin),
        // Programs that are no browser, and our own pages when they only read, name no origin.
        _ => next.run(request).await,
    }
}

fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The same for everybody: the request itself is what is let in or refused.
fn preflight() -> Response {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, METHODS),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS),
        (header::ACCESS_CONTROL_MAX_AGE, REMEMBERED),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

fn refuse(origin: &HeaderValue) -> Response {
    let origin = origin.to_str().unwrap_or("unreadable");
    info!("a page of {origin} may not use the chat: add it to webchat.origins if it is the town's");
    ApiError::Forbidden(NOT_ALLOWED).into_response()
}

fn is_allowed(app: &App, origin: &HeaderValue, headers: &HeaderMap) -> bool {
    let Ok(origin) = origin.to_str() else { return false };
    let listed = app.config.webchat.origins.iter().any(|allowed| allowed == "*" || allowed == origin);
    listed || is_ours(origin, &app.config.server.public_url, headers.get(header::HOST))
}

/// A page of this server: by its public address, or by the one that the browser reached it under.
fn is_ours(origin: &str, public_url: &str, host: Option<&HeaderValue>) -> bool {
    let public = public_url.strip_prefix(origin).is_some_and(|path| path.is_empty() || path.starts_with('/'));
    let reached = origin.split_once("://").is_some_and(|(_, name)| host.is_some_and(|host| host == name));
    public || reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_pages_are_known_by_public_address_or_host() {
        let host = HeaderValue::from_static("10.0.0.5:8080");
        for (origin, ours) in [
            ("https://chat.example.gob.mx", true),
            ("http://10.0.0.5:8080", true),
            ("http://chat.example.gob.mx", false),
            ("https://chat.example.gob.m", false),
            ("https://chat.example.gob.mx.evil.example", false),
            ("http://10.0.0.5", false),
            ("null", false),
            ("", false),
        ] {
            assert_eq!(is_ours(origin, "https://chat.example.gob.mx", Some(&host)), ours, "{origin}");
            assert_eq!(is_ours(origin, "https://chat.example.gob.mx/a", Some(&host)), ours, "{origin}");
        }
    }
}
