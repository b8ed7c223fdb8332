//! Webhooks of the channels: reads the raw bytes, bounded, and hands them to the pipeline.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use tracing::{error, info};
use ventanilla_adapters::{Adapter, Route, RouteMethod};

use super::trace_of;
use crate::{
    app::App,
    pipeline::{self, AcceptError},
};

/// A route for each path that an adapter declares.
pub(super) fn router(app: &Arc<App>) -> Router {
    let mut router = Router::new();
    for adapter in app.channels.all() {
        for route in adapter.routes() {
            let webhook = Webhook { app: Arc::clone(app), adapter: Arc::clone(&adapter), route: *route };
            router = router.route(route.path, method(route.method).with_state(webhook));
        }
    }
    router
}

fn method(method: RouteMethod) -> MethodRouter<Webhook> {
    match method {
        RouteMethod::Get => get(receive),
        RouteMethod::Post => post(receive),
    }
}

#[derive(Clone)]
struct Webhook {
    app: Arc<App>,
    adapter: Arc<dyn Adapter>,
    route: Route,
}

async fn receive(State(webhook): State<Webhook>, request: Request) -> Response {
    let trace = trace_of(&request);
    let (parts, body) = request.into_parts();
    if announced(&parts.headers) > webhook.route.max_body {
        return too_large();
    }
    let Ok(bytes) = to_bytes(body, webhook.route.max_body).await else { return too_large() };
    let request = Request::from_parts(parts, bytes);
    // In a task of its own: a provider that hangs up does not undo half of what it brought.
    let accepted = tokio::spawn(async move {
        let answer = pipeline::accept(&webhook.app, &*webhook.adapter, &request, &trace).await;
        answer.map_or_else(
            |err| refuse(&webhook, &err, &trace),
            |response| response.map(Body::from).into_response(),
        )
    });
    accepted.await.unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

fn announced(headers: &HeaderMap) -> usize {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

fn too_large() -> Response {
    metrics::counter!("ventanilla_webhooks_refused_total", "reason" => "too large").increment(1);
    // The rest of the body is not read: the connection ends.
    (StatusCode::PAYLOAD_TOO_LARGE, [(header::CONNECTION, "close")]).into_response()
}

fn refuse(webhook: &Webhook, err: &AcceptError, trace: &str) -> Response {
    let channel = webhook.adapter.channel().as_str();
    match err {
        AcceptError::Refused(refusal) => {
            let labels = [("channel", channel), ("reason", refusal.reason)];
            metrics::counter!("ventanilla_webhooks_refused_total", &labels).increment(1);
            info!(trace, "a webhook of {channel} was refused: {}", refusal.reason);
            (refusal.status, refusal.reason).into_response()
        }
        AcceptError::NotKept(err) => {
            metrics::counter!("ventanilla_webhooks_not_kept_total", "channel" => channel).increment(1);
            error!(
                trace,
                alert = true,
                "a webhook of {channel} could not be stored, 503: it comes again: {err}"
            );
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")]).into_response()
        }
    }
}
