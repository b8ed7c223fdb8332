//! That a citizen said "it is not done" of what the other side closed: told as an update, where they take any.

use serde_json::json;
use tracing::{debug, info};

use super::call;
use crate::{
    app::App,
    config::{Open311Client, Open311Mode},
    open311::{times, update::Status},
    reports::{self, Actor, Happened, State},
    store::{
        self, StoreError, Unit,
        report_events::ReportEvent,
        report_externals::{External, ExternalState},
        reports::ReportRow,
    },
};

/// They were told; the detail says who and of which event.
const TOLD: &str = "told";
/// They take no updates: somebody has to tell them by other means.
const UNTOLD: &str = "untold";
/// What is said. Not what the citizen wrote: that may say who they are.
const WORDS: &str = "Quien reportó dice que el problema sigue.";

/// Whether an event is one that they are told of: reopened, and not by themselves.
pub(super) fn is_news(event: &ReportEvent) -> bool {
    event.kind == "moved" && event.to == State::Reopened && !event.actor.starts_with("source:")
}

/// Has those asked again that were through with it.
pub(super) async fn queue(app: &App, unit: &Unit, row: &ReportRow) -> Result<(), StoreError> {
    if row.private {
        return Ok(());
    }
    for external in store::report_externals::of_report(&**unit, row.id).await? {
        let follows = |client: &&Open311Client| {
            client.name == external.source && client.updates && client.mode == Open311Mode::Follow
        };
        if external.id.is_none() || app.config.open311.client.iter().find(follows).is_none() {
            continue;
        }
        let again =
            External { state: ExternalState::Followed, next_at: app.clock.now(), tries: 0, ..external };
        store::report_externals::put(unit, &again).await?;
    }
    Ok(())
}

/// Tells them of one report what they were not told yet. Where they do not answer, the next pass tries again.
pub(super) async fn tell(app: &App, client: &Open311Client, row: &External) -> Result<(), StoreError> {
    let events = store::report_events::of_report(app.store.read(), row.report).await?;
    let (Some(id), Some(event)) = (&row.id, untold(&events, &client.name)) else { return Ok(()) };
    let update = format!("{}-{}", row.report, event.seq);
    let at = times::text(event.at, app.contents.active.catalogue.town().timezone);
    let form = [
        ("service_request_id", id.as_str()),
        ("update_id", update.as_str()),
        ("updated_datetime", at.as_str()),
        ("status", Status::Reopen.as_str()),
        ("description", WORDS),
        ("email", client.email.as_str()),
    ];
    let kind = match call::post(app, client, "servicerequestupdates", &form).await {
        Ok(_) => TOLD,
        Err(problem) if problem.missing => UNTOLD,
        Err(problem) => {
            debug!("{} does not take an update: {}", client.name, problem.why);
            return Ok(());
        }
    };
    let seq = event.seq;
    let unit = app.store.unit().await?;
    if let Some(report) = store::reports::by_id(&*unit, row.report).await? {
        let detail = json!({ "to": client.name, "event": seq });
        reports::happen(app, &unit, report, Happened { detail, ..Happened::new(kind, &Actor::System) })
            .await?;
    }
    unit.commit().await?;
    info!(report.id = %row.report, "{} and the reopening of report {}: {kind}", client.name, row.report);
    Ok(())
}

/// The newest that they have not heard of.
fn untold<'a>(events: &'a [ReportEvent], client: &str) -> Option<&'a ReportEvent> {
    let newest = events.iter().rev().find(|event| is_news(event))?;
    let heard = |event: &ReportEvent| {
        [TOLD, UNTOLD].contains(&event.kind.as_str())
            && event.detail["to"] == client
            && event.detail["event"] == newest.seq
    };
    (!events.iter().any(heard)).then_some(newest)
}
