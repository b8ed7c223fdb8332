//! Reports that somebody else attends: sent to their Open311 endpoint, and followed there. Ventanilla stands in front of a
//! system that a state or a town has already.
//!
//! What is to be sent is written in the unit that files the report; an endpoint that is down loses nothing. Nothing of who
//! filed it is sent, and nothing that they say concludes a report: that is the citizen's.

mod call;
mod follow;
mod read;
mod send;
mod tell;

pub use read::{List, tree};

use crate::{
    app::App,
    config::{Open311Client, Open311Mode},
    store::{
        self, StoreError, Unit,
        report_events::ReportEvent,
        report_externals::{External, ExternalState},
        reports::ReportRow,
    },
};

/// Reports of one pass.
const AT_ONCE: i64 = 50;

/// Notes that a report which is being filed is to be sent, and that one which was reopened is to be told. Private ones
/// never are.
///
/// # Errors
/// When the database fails.
pub async fn queue(app: &App, unit: &Unit, row: &ReportRow, event: &ReportEvent) -> Result<(), StoreError> {
    if tell::is_news(event) {
        return tell::queue(app, unit, row).await;
    }
    if event.kind != "filed" || row.private || row.channel == crate::reports::import::CHANNEL {
        return Ok(());
    }
    let wants = |client: &&Open311Client| client.categories.contains(&row.category);
    for client in app.config.open311.client.iter().filter(wants) {
        let queued = External::queued(row.id, &client.name, app.clock.now());
        store::report_externals::put(unit, &queued).await?;
    }
    Ok(())
}

/// Does what is due at every endpoint. Gives how many reports were sent or asked about.
///
/// # Errors
/// When the database fails.
pub async fn work(app: &App) -> Result<usize, StoreError> {
    let mut done = 0;
    for client in &app.config.open311.client {
        for row in due(app, client, ExternalState::Queued).await? {
            send::send(app, client, row).await?;
            done += 1;
        }
        for row in due(app, client, ExternalState::Token).await? {
            send::ask_for_id(app, client, row).await?;
            done += 1;
        }
        if client.mode == Open311Mode::Follow {
            let rows = due(app, client, ExternalState::Followed).await?;
            done += rows.len();
            follow::follow(app, client, rows).await?;
        }
    }
    Ok(done)
}

async fn due(app: &App, client: &Open311Client, state: ExternalState) -> Result<Vec<External>, StoreError> {
    store::report_externals::due(app.store.read(), &client.name, state, app.clock.now(), AT_ONCE).await
}
