//! The table that somebody takes along: comma separated values that a spreadsheet opens, with who took it and when in its
//! first line, and without private reports.

use chrono::DateTime;
use chrono_tz::Tz;
use ventanilla_values::Lang;

use super::rows::{self, Names};
use crate::{
    catalogue::Catalogue,
    reports::{clocks, spreadsheet::line},
    store::reports::ReportRow,
};

/// More rows than somebody reads.
pub const MOST_ROWS: i64 = 20_000;

const HEAD: [&str; 19] = [
    "folio",
    "categoria",
    "estado",
    "area",
    "atiende",
    "lugar",
    "colonia",
    "latitud",
    "longitud",
    "descripcion",
    "personas",
    "reabierto",
    "recibido",
    "actualizado",
    "responder_antes",
    "resolver_antes",
    "reloj",
    "programado",
    "resultado",
];

/// The table. `taken`: a line that says who took it along, and when.
pub fn csv(
    catalogue: &Catalogue,
    names: &Names,
    reports: &[ReportRow],
    taken: &str,
    (lang, now): (Lang, i64),
) -> String {
    let zone = catalogue.town().timezone;
    // Excel takes it for UTF-8 only so.
    let mut table = String::from("\u{feff}");
    table += &line([taken]);
    table += &line(HEAD);
    for report in reports.iter().filter(|report| !report.private) {
        table += &line(cells(catalogue, names, report, (lang, now), zone));
    }
    table
}

fn cells(
    catalogue: &Catalogue,
    names: &Names,
    report: &ReportRow,
    (lang, now): (Lang, i64),
    zone: Tz,
) -> [String; 19] {
    let at = |at: Option<i64>| at.map(|at| local(at, zone)).unwrap_or_default();
    let number = |number: Option<f64>| number.map(|one| one.to_string()).unwrap_or_default();
    let shown = rows::row(catalogue, names, report, lang, now);
    let department = report.department.as_deref().and_then(|id| catalogue.department(id));
    let clock = clocks::next(report, now).map(|clock| serde_json::json!(clock.state));
    [
        report.folio.clone(),
        shown.category_name,
        report.stands().label(lang).to_owned(),
        department.map(|one| one.name.get(lang).to_owned()).unwrap_or_default(),
        shown.assignee_name.unwrap_or_default(),
        shown.place.unwrap_or_default(),
        shown.colonia_name.unwrap_or_default(),
        number(report.lat),
        number(report.lon),
        report.description.clone().unwrap_or_default(),
        report.people.to_string(),
        report.reopened.to_string(),
        at(Some(report.filed_at)),
        at(Some(report.updated_at)),
        at(report.respond_due),
        at(report.resolve_due),
        clock.and_then(|state| state.as_str().map(str::to_owned)).unwrap_or_default(),
        at(shown.scheduled_for),
        report.outcome.clone().unwrap_or_default(),
    ]
}

fn local(at: i64, zone: Tz) -> String {
    let at = DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&zone);
    at.format("%Y-%m-%d %H:%M").to_string()
}
