//! Sending a report, and asking for its id where they make it later.

use serde_json::{Value as Json, json};
use tracing::{error, info};
use ventanilla_values::Place;

use super::{
    call::{self, Problem},
    read::{List, text},
};
use crate::{
    app::App,
    config::{Open311Client, Open311Mode},
    reports::{self, Actor, Happened},
    store::{
        self, StoreError,
        report_events::Words,
        report_externals::{External, ExternalState},
        reports::ReportRow,
    },
};

/// Seconds until the next try; the last is repeated.
const WAITS: [i64; 5] = [30, 120, 600, 3_600, 21_600];
/// Seconds after a try of which nobody knows whether it arrived: sent twice it would be there twice.
const WAIT_UNSURE: i64 = 900;
/// Seconds until the id is asked for again: first as FixMyStreet does, then later and later.
const WAITS_TOKEN: [i64; 9] = [2, 2, 2, 2, 2, 60, 600, 3_600, 21_600];
/// Milliseconds after which a report is not sent any more.
const GIVE_UP: i64 = 7 * 24 * 3600 * 1000;

/// Sends one.
pub(super) async fn send(app: &App, client: &Open311Client, row: External) -> Result<(), StoreError> {
    let Some(report) = store::reports::by_id(app.store.read(), row.report).await? else {
        return save(app, &External { state: ExternalState::Failed, ..row }).await;
    };
    let form = form(client, &report);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    match call::post(app, client, "requests", &form).await {
        Ok(answer) => made(app, client, row, &answer).await,
        Err(problem) => later(app, client, row, &problem).await,
    }
}

/// Asks what became of a token.
pub(super) async fn ask_for_id(app: &App, client: &Open311Client, row: External) -> Result<(), StoreError> {
    let token = row.token.clone().unwrap_or_default();
    match call::get(app, client, &format!("tokens/{}", call::segment(&token)), &[]).await {
        Ok(answer) => {
            let items = List::REQUESTS.items(&answer);
            match items.first().and_then(|item| text(item, "service_request_id")) {
                Some(id) => arrived(app, client, row, id).await,
                None => wait_for_id(app, client, row, None).await,
            }
        }
        Err(problem) => wait_for_id(app, client, row, Some(problem.why)).await,
    }
}

/// What they need of a report: what, where, and the citizen's words about it. Not who.
fn form(client: &Open311Client, report: &ReportRow) -> Vec<(String, String)> {
    let place: Place = serde_json::from_str(&report.place_json).unwrap_or_default();
    let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
    let mut form = vec![
        ("service_code".to_owned(), client.service_code(&report.category).to_owned()),
        ("lat".to_owned(), degrees(report.lat)),
        ("long".to_owned(), degrees(report.lon)),
        ("address_string".to_owned(), place.text),
        ("description".to_owned(), report.description.clone().unwrap_or_default()),
        ("email".to_owned(), client.email.clone()),
    ];
    let details: Json = serde_json::from_str(&report.details_json).unwrap_or_default();
    for (code, value) in details.as_object().into_iter().flatten() {
        match value {
            Json::Array(values) => {
                let one = |value: &Json| (format!("attribute[{code}][]"), plain(value));
                form.extend(values.iter().map(one));
            }
            value => form.push((format!("attribute[{code}]"), plain(value))),
        }
    }
    form
}

fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

async fn made(app: &App, client: &Open311Client, row: External, answer: &Json) -> Result<(), StoreError> {
    let (with_id, with_token) = (List::REQUESTS.items(answer), List::MADE.items(answer));
    if let Some(id) = with_id.first().and_then(|item| text(item, "service_request_id")) {
        return arrived(app, client, row, id).await;
    }
    let Some(token) = with_token.first().and_then(|item| text(item, "token")) else {
        // Sending it again would make it there again.
        return give_up(app, client, row, "it took the report and gave neither id nor token").await;
    };
    let next_at = app.clock.now() + WAITS_TOKEN[0] * 1000;
    save(app, &External { token: Some(token), state: ExternalState::Token, tries: 0, next_at, ..row }).await
}

async fn arrived(app: &App, client: &Open311Client, row: External, id: String) -> Result<(), StoreError> {
    let follows = client.mode == Open311Mode::Follow;
    let unit = app.store.unit().await?;
    let here = External {
        id: Some(id.clone()),
        state: if follows { ExternalState::Followed } else { ExternalState::Sent },
        tries: 0,
        next_at: app.clock.now() + i64::from(client.poll_minutes.get()) * 60_000,
        problem: None,
        ..row
    };
    store::report_externals::put(&unit, &here).await?;
    if let Some(report) = store::reports::by_id(&*unit, here.report).await? {
        let by = Actor::Source(client.name.clone());
        let detail = json!({ "to": client.name, "id": id });
        reports::happen(app, &unit, report, Happened { detail, ..Happened::new("sent", &by) }).await?;
    }
    unit.commit().await?;
    info!(report.id = %here.report, "report {} was sent to {}", here.report, client.name);
    Ok(())
}

async fn later(
    app: &App,
    client: &Open311Client,
    row: External,
    problem: &Problem,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    if now - row.created_at >= GIVE_UP {
        return give_up(app, client, row, &problem.why).await;
    }
    let nth = usize::try_from(row.tries).unwrap_or(0).min(WAITS.len() - 1);
    let wait = if problem.unsure { WAIT_UNSURE.max(WAITS[nth]) } else { WAITS[nth] };
    let problem = Some(problem.why.clone());
    save(app, &External { tries: row.tries + 1, next_at: now + wait * 1000, problem, ..row }).await
}

async fn wait_for_id(
    app: &App,
    client: &Open311Client,
    row: External,
    problem: Option<String>,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    if now - row.created_at >= GIVE_UP {
        return give_up(app, client, row, "it gave a token and never an id").await;
    }
    let tries = row.tries + 1;
    let nth = usize::try_from(tries).unwrap_or(0).min(WAITS_TOKEN.len() - 1);
    save(app, &External { tries, next_at: now + WAITS_TOKEN[nth] * 1000, problem, ..row }).await
}

/// Somebody of the town must look after it.
async fn give_up(app: &App, client: &Open311Client, row: External, why: &str) -> Result<(), StoreError> {
    // What stands behind the colon is theirs, and may quote the citizen.
    let cause = why.split(':').next().unwrap_or_default();
    error!(
        report.id = %row.report,
        alert = true,
        "report {} did not get to {}: {cause}; tell them by other means", row.report, client.name
    );
    let unit = app.store.unit().await?;
    let problem = Some(why.to_owned());
    let failed = External { state: ExternalState::Failed, tries: row.tries + 1, problem, ..row };
    store::report_externals::put(&unit, &failed).await?;
    if let Some(report) = store::reports::by_id(&*unit, failed.report).await? {
        let said = format!("No se pudo enviar a {}: avísales por otro medio.", client.name);
        let happened = Happened {
            reason: Some("not_sent".to_owned()),
            words: Words { private: Some(said), ..Words::default() },
            ..Happened::new("noted", &Actor::System)
        };
        reports::happen(app, &unit, report, happened).await?;
    }
    unit.commit().await
}

async fn save(app: &App, row: &External) -> Result<(), StoreError> {
    let unit = app.store.unit().await?;
    store::report_externals::put(&unit, row).await?;
    unit.commit().await
}
