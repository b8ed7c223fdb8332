//! HTTP: webhooks, web chat, the public API, health, and the pages. Handlers translate; the stages decide.
//!
//! `/webhooks`, `/webchat`, `/api` and `/open311` never fall through to a page.

mod audiosocket;
mod caller;
mod console;
mod cors;
mod guard;
mod headers;
mod health;
mod input;
mod open311;
mod openapi;
pub mod permit;
mod problem;
mod public;
mod reports;
mod ui;
mod webchat;
mod webhooks;

use std::sync::Arc;

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Request},
    middleware,
};
use metrics_exporter_prometheus::PrometheusHandle;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
};

pub use openapi::document as openapi_document;
pub use problem::ApiError;

use crate::{app::App, ids::Ids};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Everything this server answers.
pub fn router(app: Arc<App>, metrics: Option<PrometheusHandle>) -> Router {
    let ids = app.ids.clone();
    let secured = Arc::clone(&app);
    let api = openapi::router().with_state(Arc::clone(&app)).layer(middleware::from_fn(headers::private));
    let open311 = open311::router(Arc::clone(&app));
    Router::new()
        .merge(webhooks::router(&app))
        .merge(audiosocket::router(Arc::clone(&app)))
        .merge(webchat::router(Arc::clone(&app)))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), cors::webchat))
        .merge(api)
        .merge(guard::router(Arc::clone(&app)))
        .merge(public::router(Arc::clone(&app)))
        .merge(open311)
        .merge(health::router(app, metrics))
        .merge(ui::router())
        .layer(
            ServiceBuilder::new()
                .map_request(without_request_id)
                .layer(SetRequestIdLayer::new(REQUEST_ID, RequestIds(ids)))
                .layer(PropagateRequestIdLayer::new(REQUEST_ID))
                .layer(middleware::from_fn_with_state(secured, headers::secure))
                .layer(CatchPanicLayer::new()),
        )
}

/// One that came with the request is not trusted with our logs.
fn without_request_id<B>(mut request: Request<B>) -> Request<B> {
    request.headers_mut().remove(REQUEST_ID);
    request
}

/// Gives every request an id of ours.
#[derive(Debug, Clone)]
struct RequestIds(Ids);

impl MakeRequestId for RequestIds {
    fn make_request_id<B>(&mut self, _request: &Request<B>) -> Option<RequestId> {
        let id = self.0.next().simple().to_string();
        HeaderValue::from_str(&id).ok().map(RequestId::new)
    }
}

/// The id of a request, for the path of its message.
fn trace_of<B>(request: &Request<B>) -> String {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    id.unwrap_or_default().to_owned()
}
