//! Outbound webhooks: what happens to reports, told to the systems of `[[webhooks.endpoints]]` as CloudEvents, signed as
//! Standard Webhooks has it. What comes in from providers is `http/webhooks.rs`.
//!
//! A delivery is written in the unit of its event and sent afterwards, again and again until it arrives or is too old.
//! Nothing in it says who anybody is; of private reports it says that they exist and where they stand.

mod deliver;
mod event;
mod sign;

use uuid::Uuid;

pub use deliver::{deliver_due, retry, try_now};
pub use event::{KIND_PREFIX, trial};
pub use sign::signature;

use crate::{
    app::App,
    reports::import,
    store::{
        self, StoreError, Unit,
        report_events::ReportEvent,
        reports::ReportRow,
        webhook_deliveries::{Delivery, DeliveryState},
    },
};

/// Writes a delivery for every endpoint that wants to hear of an event.
///
/// # Errors
/// When the database fails.
pub async fn queue(app: &App, unit: &Unit, row: &ReportRow, event: &ReportEvent) -> Result<(), StoreError> {
    // What somebody takes over from an old list is no news.
    if row.channel == import::CHANNEL && matches!(event.kind.as_str(), "filed" | import::EVENT) {
        return Ok(());
    }
    let category = (!row.private).then_some(row.category.as_str());
    let wanting: Vec<_> =
        app.config.webhooks.endpoints.iter().filter(|one| one.wants(&event.kind, category)).collect();
    if wanting.is_empty() {
        return Ok(());
    }
    let parent = match row.parent_id {
        Some(parent) => store::reports::by_id(&**unit, parent).await?.filter(|parent| !parent.private),
        None => None,
    };
    let parent = parent.as_ref().map(|parent| parent.folio.as_str());
    let body = event::of_report(app, row, event, parent).to_string();
    for endpoint in wanting {
        let delivery = waiting(app, &endpoint.name, Some(row.id), &event.kind, body.clone());
        store::webhook_deliveries::put(unit, &delivery).await?;
    }
    Ok(())
}

/// A delivery that is due at once.
fn waiting(app: &App, endpoint: &str, report: Option<Uuid>, kind: &str, body: String) -> Delivery {
    let now = app.clock.now();
    Delivery {
        id: app.ids.next(),
        endpoint: endpoint.to_owned(),
        report,
        kind: kind.to_owned(),
        body,
        state: DeliveryState::Waiting,
        tries: 0,
        next_at: now,
        created_at: now,
        done_at: None,
        problem: None,
    }
}
