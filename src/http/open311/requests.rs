//! Requests, which are reports: filing one, one, many, and the way from a token to one.

use bytes::Bytes;
use uuid::Uuid;
use ventanilla_values::Folio;

use super::answer::Answer;
use crate::{
    app::App,
    open311::{
        Fault, Params, filing,
        node::{Fields, Node},
        services, times, view,
    },
    reports::State,
    store::{
        open_requests::{self, Filter},
        reports::ReportRow,
    },
};

const ROOT: &str = "service_requests";
/// GeoReport v2: the first 1,000 requests.
const MOST: u64 = 1_000;
/// Pages beyond it are empty in any town.
const LAST_PAGE: u64 = 1_000_000;

/// Files a report. The id is there at once, so no token is given.
pub(super) async fn post(
    app: &App,
    key: Uuid,
    params: &Params,
    pictures: Vec<Bytes>,
) -> Result<Answer, Fault> {
    let catalogue = &app.contents.active.catalogue;
    let filing = filing::read(app, catalogue, params)?;
    let filed = filing::file(app, catalogue, key, filing, pictures).await?;
    let (folio, pin) = (&filed.row.folio, &filed.pin);
    let notice = format!(
        "Guarda tu folio {folio} y tu PIN {pin}: con el folio ves cómo va, y con los dos todo lo que contaste."
    );
    let request =
        Fields::new().text("service_request_id", Some(folio.as_str())).text("service_notice", Some(notice));
    Ok(Answer { root: ROOT, node: Node::List("request", vec![request.done()]) })
}

/// One by its id, as a list of one.
pub(super) async fn one(app: &App, id: &str, params: &Params) -> Result<Answer, Fault> {
    shown(app, &[known(app, id).await?], params).await
}

/// Ids are given at once, so the token of a request is its id.
pub(super) async fn token(app: &App, token: &str) -> Result<Answer, Fault> {
    let unknown = |_| Fault::unknown("No hay una solicitud con ese token.");
    let row = known(app, token).await.map_err(unknown)?;
    let request = Fields::new()
        .text("service_request_id", Some(row.folio.as_str()))
        .text("token", Some(row.folio.as_str()));
    Ok(Answer { root: ROOT, node: Node::List("request", vec![request.done()]) })
}

/// The public report with this id.
pub(super) async fn known(app: &App, id: &str) -> Result<ReportRow, Fault> {
    let unknown = || Fault::unknown("No hay una solicitud con ese service_request_id.");
    let folio = canonical(app, id).ok_or_else(unknown)?;
    open_requests::by_folios(app.store.read(), &[folio]).await?.pop().ok_or_else(unknown)
}

fn canonical(app: &App, id: &str) -> Option<String> {
    let prefix = &app.contents.active.catalogue.town().folio_prefix;
    Folio::parse(id, prefix).ok().map(|folio| folio.to_string())
}

/// Many. Ids override every other filter.
pub(super) async fn list(app: &App, params: &Params) -> Result<Answer, Fault> {
    if let Some(ids) = params.list("service_request_id") {
        let most = usize::try_from(MOST).unwrap_or(usize::MAX);
        let folios: Vec<String> = ids.iter().filter_map(|id| canonical(app, id)).take(most).collect();
        let rows = open_requests::by_folios(app.store.read(), &folios).await?;
        return shown(app, &rows, params).await;
    }
    let rows = open_requests::find(app.store.read(), &filter(app, params)?).await?;
    shown(app, &rows, params).await
}

async fn shown(app: &App, rows: &[ReportRow], params: &Params) -> Result<Answer, Fault> {
    let extended = params.get("extensions").is_some_and(|given| given.eq_ignore_ascii_case("true"));
    Ok(Answer { root: ROOT, node: view::requests(app, rows, extended).await? })
}

fn filter(app: &App, params: &Params) -> Result<Filter, Fault> {
    let catalogue = &app.contents.active.catalogue;
    let (now, zone) = (app.clock.now(), catalogue.town().timezone);
    let updated = times::span(params, ("updated_after", "updated_before"), now, zone)?;
    let filed = times::span(params, ("start_date", "end_date"), now, zone)?;
    // Without any moment it is the last 90 days.
    let unasked = updated.is_none().then(|| now - times::SPAN..=now);
    let categories = params.list("service_code").unwrap_or_default();
    for code in &categories {
        services::known(catalogue, code)?;
    }
    let whole = |name: &str, default: u64, most: u64| match params.get(name) {
        None => Ok(default),
        Some(given) => {
            let number = given.parse().ok().filter(|number| (1..=most).contains(number));
            number.ok_or_else(|| Fault::bad(format!("{name}: escribe un número de 1 a {most}.")))
        }
    };
    let (page, limit) = (whole("page", 1, LAST_PAGE)?, whole("page_size", MOST, MOST)?);
    Ok(Filter {
        filed: filed.or(unasked),
        updated,
        categories,
        states: states(app, params)?,
        offset: (page - 1) * limit,
        limit,
    })
}

/// The states behind `open` and `closed`; none for both.
fn states(app: &App, params: &Params) -> Result<Vec<State>, Fault> {
    let Some(given) = params.list("status") else { return Ok(Vec::new()) };
    if given.iter().any(|status| status != "open" && status != "closed") {
        return Err(Fault::bad("status: puede ser open, closed o los dos separados por coma."));
    }
    let claimed_is_open = !app.config.open311.close_when_claimed;
    let is_open = |state: State| state.is_open() && (claimed_is_open || state != State::ResolvedClaimed);
    let asked = |state: &State| given.iter().any(|status| (status == "open") == is_open(*state));
    Ok(if given.len() > 1 { Vec::new() } else { State::ALL.into_iter().filter(asked).collect() })
}
