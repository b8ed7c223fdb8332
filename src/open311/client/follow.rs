//! What became of reports that were sent: their updates, where the endpoint has them, and their status.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use tracing::{debug, info};

use super::{
    call,
    read::{List, text},
    tell,
};
use crate::{
    app::App,
    config::Open311Client,
    open311::{
        times,
        update::{self, Status, Update},
    },
    reports::Actor,
    store::{
        self, StoreError,
        report_externals::{External, ExternalState},
    },
};

/// Milliseconds that updates are asked for: what an endpoint writes late is seen too. The same twice is one.
const WINDOW: i64 = 2 * 3600 * 1000;
/// The same after an endpoint did not answer.
const LONG_WINDOW: i64 = 7 * 24 * 3600 * 1000;
/// Milliseconds after which one that does not answer is asked again, at most.
const LONGEST_WAIT: i64 = 3600 * 1000;

/// Characters of what they say.
const LONGEST_TEXT: usize = 4_000;

/// An answer's fields.
type Fields = Map<String, Json>;

/// Asks about some reports that are due.
pub(super) async fn follow(app: &App, client: &Open311Client, rows: Vec<External>) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let by_id: BTreeMap<String, External> =
        rows.into_iter().filter_map(|row| Some((row.id.clone()?, row))).collect();
    if client.updates {
        for row in by_id.values() {
            tell::tell(app, client, row).await?;
        }
    }
    hear_updates(app, client, &by_id).await?;
    let told = match requests(app, client, &by_id).await {
        Ok(told) => told,
        Err(problem) => return ask_later(app, by_id, &problem.why).await,
    };
    for (id, row) in by_id {
        hear_status(app, client, row, told.get(&id)).await?;
    }
    Ok(())
}

/// All of them at once; those that are not in the answer one by one, for some endpoints take a single id.
async fn requests(
    app: &App,
    client: &Open311Client,
    rows: &BTreeMap<String, External>,
) -> Result<BTreeMap<String, Fields>, call::Problem> {
    let ids: Vec<&str> = rows.keys().map(String::as_str).collect();
    let answer = call::get(app, client, "requests", &[("service_request_id", &ids.join(","))]).await?;
    let mut told = BTreeMap::new();
    let take = |told: &mut BTreeMap<String, Fields>, answer: &Json| {
        for item in List::REQUESTS.items(answer) {
            if let Some(id) = text(item, "service_request_id").filter(|id| rows.contains_key(id)) {
                told.insert(id, item.clone());
            }
        }
    };
    take(&mut told, &answer);
    let lacking: Vec<&str> = ids.into_iter().filter(|id| !told.contains_key(*id)).collect();
    for id in lacking {
        match call::get(app, client, &format!("requests/{}", call::segment(id)), &[]).await {
            Ok(answer) => take(&mut told, &answer),
            Err(problem) if problem.missing => debug!("{} knows no such request any more", client.name),
            Err(problem) => return Err(problem),
        }
    }
    Ok(told)
}

async fn ask_later(app: &App, rows: BTreeMap<String, External>, why: &str) -> Result<(), StoreError> {
    let (now, unit) = (app.clock.now(), app.store.unit().await?);
    for row in rows.into_values() {
        let wait = (60_000_i64 << row.tries.clamp(0, 10)).min(LONGEST_WAIT);
        let (tries, problem) = (row.tries + 1, Some(why.to_owned()));
        let later = External { tries, next_at: now + wait, problem, ..row };
        store::report_externals::put(&unit, &later).await?;
    }
    unit.commit().await
}

// ---- updates

async fn hear_updates(
    app: &App,
    client: &Open311Client,
    rows: &BTreeMap<String, External>,
) -> Result<(), StoreError> {
    let zone = app.contents.active.catalogue.town().timezone;
    let was_down = rows.values().any(|row| row.tries > 0);
    let since = app.clock.now() - if was_down { LONG_WINDOW } else { WINDOW };
    let (start, end) = (times::text(since, zone), times::text(app.clock.now(), zone));
    let asked = [("start_date", start.as_str()), ("end_date", end.as_str())];
    let answer = match call::get(app, client, "servicerequestupdates", &asked).await {
        Ok(answer) => answer,
        // Most endpoints know nothing of updates; their requests say enough.
        Err(problem) => {
            debug!("{} gives no updates: {}", client.name, problem.why);
            return Ok(());
        }
    };
    let mut updates: Vec<(&External, Update)> = Vec::new();
    for item in List::UPDATES.items(&answer) {
        let row = text(item, "service_request_id").and_then(|id| rows.get(&id));
        if let (Some(row), Some(update)) = (row, update_of(app, item)) {
            updates.push((row, update));
        }
    }
    updates.sort_by_key(|(_, update)| update.at);
    for (row, update) in updates {
        apply(app, client, row, &update).await?;
    }
    Ok(())
}

/// Their words, which may be anything.
fn said(fields: &Fields, name: &str) -> Option<String> {
    text(fields, name).map(|text| text.chars().take(LONGEST_TEXT).collect())
}

fn update_of(app: &App, item: &Fields) -> Option<Update> {
    let (now, zone) = (app.clock.now(), app.contents.active.catalogue.town().timezone);
    Some(Update {
        id: text(item, "update_id")?,
        at: times::read(&text(item, "updated_datetime")?, zone)?.min(now),
        status: text(item, "status").and_then(|status| status.parse().ok()),
        text: said(item, "description"),
        day: text(item, "expected_datetime").and_then(|at| times::read(&at, zone)),
        worth_a_note: true,
    })
}

async fn apply(app: &App, client: &Open311Client, row: &External, update: &Update) -> Result<(), StoreError> {
    let unit = app.store.unit().await?;
    let Some(report) = store::reports::by_id(&*unit, row.report).await? else { return Ok(()) };
    let by = Actor::Source(client.name.clone());
    let taken = update::take(app, &unit, report, &by, update).await?;
    unit.commit().await?;
    if taken != update::Taken::Known {
        info!(report.id = %row.report, "{} told of report {}: {taken:?}", client.name, row.report);
    }
    Ok(())
}

// ---- status

/// What a request says beside its updates. Only a status that is another than before is news: many endpoints change the
/// time of a request without any.
async fn hear_status(
    app: &App,
    client: &Open311Client,
    row: External,
    told: Option<&Fields>,
) -> Result<(), StoreError> {
    let status = told.and_then(|told| text(told, "status")).map(|status| status.to_lowercase());
    let before = row.status.as_deref().unwrap_or("open");
    if let (Some(told), Some(status)) = (told, status.as_deref().filter(|status| *status != before)) {
        apply(app, client, &row, &status_update(app, &row, told, status)).await?;
    }
    let report = store::reports::by_id(app.store.read(), row.report).await?;
    let concluded = report.is_none_or(|report| report.closed_at.is_some());
    let through = concluded && status.as_deref() == Some("closed");
    let next = External {
        state: if through { ExternalState::Done } else { row.state },
        status: status.or(row.status),
        tries: 0,
        next_at: app.clock.now() + i64::from(client.poll_minutes.get()) * 60_000,
        problem: None,
        ..row
    };
    let unit = app.store.unit().await?;
    store::report_externals::put(&unit, &next).await?;
    unit.commit().await
}

fn status_update(app: &App, row: &External, told: &Fields, status: &str) -> Update {
    let (now, zone) = (app.clock.now(), app.contents.active.catalogue.town().timezone);
    let at =
        text(told, "updated_datetime").and_then(|at| times::read(&at, zone)).map_or(now, |at| at.min(now));
    let id = row.id.as_deref().unwrap_or_default();
    Update {
        id: format!("request:{id}:{status}:{at}"),
        at,
        status: if status == "closed" { Some(Status::Closed) } else { Some(Status::Open) },
        text: said(told, "status_notes"),
        day: None,
        worth_a_note: false,
    }
}
