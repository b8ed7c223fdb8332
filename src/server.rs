//! A running server: workers behind a listener, until it is told to stop.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tracing::{info, warn};

use crate::{app::App, http, workers};

/// Serves until [`App::stop`] is cancelled, then lets open work finish. `beside` are routes that are not the
/// server's own (the simulator's).
///
/// # Errors
/// When the database or the socket fails.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    metrics: Option<PrometheusHandle>,
    beside: Router,
) -> anyhow::Result<()> {
    workers::start(&app).await?;
    let router = http::router(Arc::clone(&app), metrics).merge(beside);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let stop = app.stop.clone();
    let serving =
        axum::serve(listener, service).with_graceful_shutdown(async move { stop.cancelled().await });
    let patience = Duration::from_secs(app.config.server.shutdown_seconds);
    tokio::select! {
        served = serving.into_future() => served?,
        () = overdue(&app, patience) => warn!("connections that stay open are closed"),
    }
    drain(&app, patience).await;
    Ok(())
}

async fn overdue(app: &App, patience: Duration) {
    app.stop.cancelled().await;
    tokio::time::sleep(patience).await;
}

/// What is under way ends; what waits is in the database and is taken up at the next start.
async fn drain(app: &App, patience: Duration) {
    app.bus.close();
    app.tasks.close();
    if tokio::time::timeout(patience, app.tasks.wait()).await.is_err() {
        warn!("work that did not end in {} s is left to the next start", patience.as_secs());
    }
    app.store.close().await;
    info!("stopped");
}

/// Cancelled by Ctrl-C and by SIGTERM.
///
/// # Errors
/// When the signal handlers cannot be set.
pub fn stop_on_signals(app: &App) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stop = app.stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => info!("told to stop by SIGTERM"),
            _ = interrupt.recv() => info!("told to stop by Ctrl-C"),
        }
        stop.cancel();
    });
    Ok(())
}
