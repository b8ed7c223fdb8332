//! `FixMyStreet`'s extension: what happens to requests, told and heard.

use uuid::Uuid;

use super::{answer::Answer, requests};
use crate::{
    app::App,
    open311::{
        Fault, Params, may_be_fetched,
        node::{Fields, Node},
        times::{self, param},
        told_updates,
        update::{self, Status, Update},
    },
    reports::Actor,
    store::{self, open_requests, report_fetches::Fetch},
};

const ROOT: &str = "service_request_updates";
/// Of one answer, the oldest first: who gets so many goes on from the last.
const MOST: i64 = 1_000;
/// What is told unasked.
const DAY: i64 = 24 * 3600 * 1000;
const LONGEST_TEXT: usize = 4_000;
const LONGEST_ID: usize = 200;

/// What was told of public reports, the last day where nothing else is asked.
pub(super) async fn list(app: &App, params: &Params) -> Result<Answer, Fault> {
    let (now, zone) = (app.clock.now(), app.contents.active.catalogue.town().timezone);
    let span = times::span(params, ("start_date", "end_date"), now, zone)?;
    let span = span.unwrap_or(now - DAY..=now);
    let told = open_requests::told_between(app.store.read(), *span.start(), *span.end(), MOST).await?;
    Ok(Answer { root: ROOT, node: told_updates(&told, zone) })
}

/// Another system tells what happened to a report. Telling it twice is harmless.
pub(super) async fn post(app: &App, key: Uuid, params: &Params) -> Result<Answer, Fault> {
    let update = read(app, params)?;
    let id = params.get("service_request_id").unwrap_or_default();
    let seen = requests::known(app, id).await?;
    let photo = params.owned("media_url");
    if photo.as_ref().is_some_and(|url| !may_be_fetched(&app.config.open311.photo_hosts, url)) {
        return Err(Fault::bad("media_url: debe ser una dirección pública que empiece con https://."));
    }
    let unit = app.store.unit().await?;
    let row = store::reports::by_id(&*unit, seen.id).await?;
    let row = row.ok_or_else(|| Fault::unknown("No hay una solicitud con ese service_request_id."))?;
    let taken = update::take(app, &unit, row, &Actor::Key(key), &update).await?;
    if let Some(url) = photo.filter(|_| taken != update::Taken::Known) {
        let (kind, next_at) = ("evidence".to_owned(), app.clock.now());
        let fetch = Fetch { id: app.ids.next(), report: seen.id, kind, url, tries: 0, next_at };
        store::report_fetches::put(&unit, &fetch).await?;
    }
    unit.commit().await?;
    let told = Fields::new().text("update_id", Some(update.id));
    Ok(Answer { root: ROOT, node: Node::List("request_update", vec![told.done()]) })
}

fn read(app: &App, params: &Params) -> Result<Update, Fault> {
    let needed = ["service_request_id", "update_id", "updated_datetime", "status", "description"];
    let missing = needed.into_iter().filter(|name| params.get(name).is_none());
    let mut wrong: Vec<String> = missing.map(|name| format!("Falta {name}.")).collect();
    let longer = |name: &str, most: usize| {
        let long = params.get(name).is_some_and(|text| text.chars().count() > most);
        long.then(|| format!("{name}: puede tener {most} caracteres como máximo."))
    };
    wrong.extend(longer("update_id", LONGEST_ID));
    wrong.extend(longer("description", LONGEST_TEXT));
    let status = params.get("status").map(str::parse::<Status>);
    if let Some(Err(())) = status {
        let known = Status::ALL.map(Status::as_str).join(", ");
        wrong.push(format!("status: debe ser uno de {known}."));
    }
    if !wrong.is_empty() {
        return Err(Fault::all_bad(wrong));
    }
    let (now, zone) = (app.clock.now(), app.contents.active.catalogue.town().timezone);
    let at = param(params, "updated_datetime", zone)?.unwrap_or(now);
    Ok(Update {
        id: params.owned("update_id").unwrap_or_default(),
        // A clock that is ahead must not make what comes later old.
        at: at.min(now),
        status: status.and_then(Result::ok),
        text: params.owned("description"),
        day: param(params, "expected_datetime", zone)?,
        worth_a_note: true,
    })
}
