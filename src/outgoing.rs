//! What other systems hear of reports, and what is fetched from them: webhooks, reports that are sent on, photos that were
//! named by an address.
//!
//! [`happened`] is called with every event of a report, in its unit, so nothing that was written is ever untold. The work
//! is done afterwards, by the workers of [`start`].

use std::{sync::Arc, time::Duration};

use tokio::sync::Mutex;
use tracing::{error, warn};

use crate::{
    app::App,
    open311::{client, photos},
    store::{self, StoreError, Unit, report_events::ReportEvent, reports::ReportRow},
    webhooks,
};

/// How often the workers look for what became due.
const LOOK: Duration = Duration::from_secs(1);
const DAY: i64 = 24 * 3600 * 1000;

/// Work that goes on beside the rest, each kind at its own speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Webhooks,
    Photos,
    /// What goes to other endpoints of Open311 and comes back from them.
    Clients,
}

/// One pass of each kind at a time.
#[derive(Debug, Default)]
pub struct Passes {
    webhooks: Mutex<()>,
    photos: Mutex<()>,
    clients: Mutex<()>,
}

/// An event of a report is being written: whoever is to hear of it will. The row is as it is after the event.
///
/// # Errors
/// When the database fails.
pub async fn happened(
    app: &App,
    unit: &Unit,
    row: &ReportRow,
    event: &ReportEvent,
) -> Result<(), StoreError> {
    webhooks::queue(app, unit, row, event).await?;
    client::queue(app, unit, row, event).await
}

/// Does what is due now. Gives how many things there were.
///
/// # Errors
/// When the database fails.
pub async fn pass(app: &App, work: Work) -> Result<usize, StoreError> {
    match work {
        Work::Webhooks => {
            let _turn = app.passes.webhooks.lock().await;
            webhooks::deliver_due(app).await
        }
        Work::Photos => {
            let _turn = app.passes.photos.lock().await;
            photos::fetch_due(app).await
        }
        Work::Clients => {
            let _turn = app.passes.clients.lock().await;
            client::work(app).await
        }
    }
}

/// Starts the workers.
pub fn start(app: &Arc<App>) {
    for work in [Work::Webhooks, Work::Photos, Work::Clients] {
        app.tasks.spawn(again_and_again(Arc::clone(app), work));
    }
}

async fn again_and_again(app: Arc<App>, work: Work) {
    loop {
        // A task of its own, so that a panic ends one pass and not the worker.
        let passed = tokio::spawn({
            let app = Arc::clone(&app);
            async move { Box::pin(pass(&app, work)).await }
        });
        let more = match passed.await {
            Ok(Ok(done)) => done > 0,
            Ok(Err(err)) => {
                warn!("a pass of {work:?} could not be made: {err}");
                false
            }
            Err(err) => {
                error!(alert = true, "a pass of {work:?} broke off: {err}");
                false
            }
        };
        if more && !app.stop.is_cancelled() {
            continue;
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = app.stop.cancelled() => return,
        }
    }
}

/// Forgets deliveries that ended long ago.
///
/// # Errors
/// When the database fails.
pub async fn forget(app: &App, unit: &Unit, now: i64) -> Result<(), StoreError> {
    let kept = i64::try_from(app.config.webhooks.kept_days).unwrap_or(i64::MAX).saturating_mul(DAY);
    store::webhook_deliveries::forget(unit, now.saturating_sub(kept)).await?;
    Ok(())
}
