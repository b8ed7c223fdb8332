//! What the stories of the board have in common.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Map, Value, json};
use ventanilla::store::reports::ReportRow;
use ventanilla_flows::Gazetteer as _;
use ventanilla_values::Place;

use crate::support::{
    TestApp,
    crew::imported,
    staff::{Desk, PASSWORD},
};

/// The middle of the Centro.
pub const HERE: (f64, f64) = (18.9263, -91.1131);
pub const DONE: &str = "La cuadrilla tapó el bache con mezcla caliente.";

/// Files a report of nobody, as an old list would.
pub async fn filed(app: &TestApp, category: &str, (lat, lon): (f64, f64)) -> ReportRow {
    let place = app.app().contents.active.catalogue.locate(lat, lon);
    filed_at(app, category, &place).await
}

pub async fn filed_at(app: &TestApp, category: &str, place: &Place) -> ReportRow {
    let details = Map::from_iter([("size".to_owned(), json!("large"))]);
    imported(app, category, place, "Hay un hoyo enorme, habla Lupe", details).await
}

pub fn path(report: &Value, what: &str) -> String {
    format!("/board/reports/{}{what}", report["id"].as_str().unwrap())
}

/// The report as it is now.
pub async fn now(desk: &Desk<'_>, report: &ReportRow) -> Value {
    let (status, report) = desk.get(&format!("/board/reports/{}", report.id)).await;
    assert_eq!(status, 200, "{report}");
    report
}

/// Moves it as it is now, with `more` beside.
pub async fn move_to(desk: &Desk<'_>, report: &ReportRow, to: &str, more: Value) -> (u16, Value) {
    let seen = now(desk, report).await;
    let mut body = json!({ "version": seen["version"], "to": to });
    body.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    desk.post(&path(&seen, "/move"), body).await
}

/// Brings a photo for a report, as the page's form does.
pub async fn bring(desk: &Desk<'_>, report: &ReportRow, name: &str, bytes: &[u8]) -> (u16, Value) {
    let part = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
    let form = reqwest::multipart::Form::new().part("file", part);
    let path = format!("/board/reports/{}/photos", report.id);
    desk.says(desk.request(Method::POST, &path).multipart(form)).await
}

/// The folios of a list.
pub async fn folios(desk: &Desk<'_>, query: &str) -> Vec<String> {
    let (status, page) = desk.get(&format!("/board/reports?{query}")).await;
    assert_eq!(status, 200, "{page}");
    let reports = page["reports"].as_array().unwrap();
    reports.iter().map(|one| one["folio"].as_str().unwrap().to_owned()).collect()
}

/// Acts that the audit log has of a report.
pub async fn audited(app: &TestApp, action: &str) -> i64 {
    let sql = "SELECT COUNT(*) AS n FROM audit WHERE action = $1";
    app.count(sql, [action.into()]).await
}

/// The clock is turned, and they sign in again: nobody stays signed in for days.
pub async fn later(app: &TestApp, desk: &Desk<'_>, by: Duration) {
    app.advance(by).await;
    assert_eq!(desk.sign_in(PASSWORD).await.0, 200);
}
