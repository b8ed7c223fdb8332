//! What browsers are told about every answer: what a page may load, who may frame it, what is kept.
//!
//! A route that says otherwise keeps its own word (files of citizens are sandboxed, `/widget.js` is for every site).

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::app::App;

/// Nothing but what this server serves, and what a page made itself (photos and voice notes before they are sent).
/// React and the chat set styles by DOM calls and constructed sheets, which no policy forbids.
const POLICY: &str = "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; style-src 'self'; \
                      script-src 'self'; connect-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'none'; \
                      form-action 'self'";
/// The simulated phone records voice notes and knows where it is; nothing else is asked of a device.
const DEVICES: &str =
    "camera=(), display-capture=(), geolocation=(self), microphone=(self), payment=(), usb=()";
/// A year. Without sub-domains: those of a town are not ours.
const HTTPS_ONLY: &str = "max-age=31536000";

pub(super) async fn secure(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (HeaderName::from_static("permissions-policy"), DEVICES),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if app.config.server.public_url.starts_with("https://") {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static(HTTPS_ONLY));
    }
    response
}

/// What is said to somebody who is signed in is kept nowhere.
pub(super) async fn private(request: Request, next: Next) -> Response {
    let known = is_known(request.headers());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if known || headers.contains_key(header::SET_COOKIE) {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}

fn is_known(request: &HeaderMap) -> bool {
    request.contains_key(header::COOKIE) || request.contains_key(header::AUTHORIZATION)
}
