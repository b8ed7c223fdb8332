//! `/healthz`: the process lives. `/readyz`: it can do its work. `/metrics`: for Prometheus.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::json;

use crate::{app::App, store};

#[derive(Clone)]
struct Health {
    app: Arc<App>,
    metrics: Option<PrometheusHandle>,
}

pub(super) fn router(app: Arc<App>, metrics: Option<PrometheusHandle>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(scrape))
        .with_state(Health { app, metrics })
}

async fn ready(State(health): State<Health>) -> Response {
    if health.app.stop.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "ready": false, "why": "stopping" })))
            .into_response();
    }
    match health.app.store.probe().await {
        Ok(()) => Json(json!({ "ready": true })).into_response(),
        Err(err) => {
            tracing::error!("not ready: {err}");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "ready": false, "why": "database" })))
                .into_response()
        }
    }
}

async fn scrape(State(health): State<Health>) -> Response {
    let Some(metrics) = &health.metrics else { return StatusCode::NOT_FOUND.into_response() };
    #[expect(clippy::cast_precision_loss, reason = "a metric")]
    if let Ok(depth) = store::outbox::depth(health.app.store.read()).await {
        metrics::gauge!("ventanilla_outbox_depth").set(depth as f64);
    }
    #[expect(clippy::cast_precision_loss, reason = "a metric")]
    metrics::gauge!("ventanilla_stopped_accounts").set(health.app.stops.count() as f64);
    let (commits, units) = health.app.store.commits();
    metrics::counter!("ventanilla_commits_total").absolute(commits);
    metrics::counter!("ventanilla_units_total").absolute(units);
    let version = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (version, metrics.render()).into_response()
}
