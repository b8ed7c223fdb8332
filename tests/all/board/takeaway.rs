//! What leaves the console.

use reqwest::Method;
use serde_json::json;
use ventanilla::{staff::Role, store};
use ventanilla_values::Place;

use super::town::{HERE, audited, filed, filed_at};
use crate::support::TestApp;

#[tokio::test]
async fn the_table_says_who_took_it_and_holds_no_formula_and_nothing_private() {
    let app = TestApp::new().await;
    let desk = app.member_of(&[Role::Agent, Role::Department], &["comptroller"]).await;
    let (report, bribe) = (filed(&app, "pothole", HERE).await, filed(&app, "corruption", HERE).await);
    let unit = app.app().store.unit().await.unwrap();
    let row = store::reports::by_id(&*unit, report.id).await.unwrap().unwrap();
    let evil =
        store::reports::ReportRow { description: Some("=HYPERLINK(\"http://x\",\"y\")".to_owned()), ..row };
    store::reports::save(&unit, evil).await.unwrap();
    unit.commit().await.unwrap();
    let answer = desk.request(Method::GET, "/board/export?queue=all").send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    let table = answer.text().await.unwrap();
    let lines: Vec<&str> = table.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].starts_with("\"Persona 1 · 2026-11-23 10:00"), "{}", lines[0]);
    assert!(lines[1].starts_with("folio,categoria,estado"));
    assert!(lines[2].starts_with(&report.folio) && lines[2].contains("\"'=HYPERLINK("), "{}", lines[2]);
    assert!(!table.contains(&bribe.folio));
    assert_eq!(lines.len(), 3);
    assert_eq!(audited(&app, "report.export").await, 1);
}

#[tokio::test]
async fn a_route_goes_to_the_nearest_that_is_left() {
    let app = TestApp::new().await;
    let crew = app.member(&[Role::Agent]).await;
    let far = filed(&app, "pothole", (HERE.0 + 0.010, HERE.1)).await;
    let middle = filed(&app, "pothole", (HERE.0 + 0.005, HERE.1)).await;
    let near = filed(&app, "pothole", HERE).await;
    let words = Place { text: "Frente al mercado".to_owned(), ..Place::default() };
    let without = filed_at(&app, "pothole", &words).await;
    let ids = json!([without.id, far.id, near.id, middle.id, far.id]);
    let (status, sheet) =
        crew.post("/board/route", json!({ "reports": ids, "lat": HERE.0, "lon": HERE.1 })).await;
    assert_eq!(status, 200, "{sheet}");
    let stops = sheet["stops"].as_array().unwrap();
    let order: Vec<_> = stops.iter().map(|stop| stop["folio"].as_str().unwrap()).collect();
    assert_eq!(order, [&near.folio, &middle.folio, &far.folio, &without.folio]);
    assert_eq!((&stops[0]["number"], &stops[0]["metres"]), (&json!(1), &json!(null)));
    let metres = stops[1]["metres"].as_i64().unwrap();
    assert!((500..=600).contains(&metres), "{metres}");
    assert_eq!(stops[0]["answers"][0]["answer"], "Grande, cabe un auto");
    assert_eq!((&stops[3]["place"], &stops[3]["metres"]), (&json!("Frente al mercado"), &json!(null)));
    assert_eq!(crew.post("/board/route", json!({ "reports": [] })).await.1["code"], "route_length");
    assert_eq!(audited(&app, "report.route").await, 1);
}

#[tokio::test]
async fn the_map_has_the_points_that_are_seen_and_the_towns_own_shapes() {
    let app = TestApp::new().await;
    let desk = app.member_of(&[Role::Agent, Role::Department], &["comptroller"]).await;
    let report = filed(&app, "pothole", HERE).await;
    filed(&app, "corruption", HERE).await;
    let (status, points) = desk.get("/board/points?south=18.9&north=18.95&west=-91.2&east=-91.0").await;
    assert_eq!(status, 200, "{points}");
    let folios: Vec<_> = points["reports"].as_array().unwrap().iter().map(|one| &one["folio"]).collect();
    assert_eq!(folios, [&json!(report.folio)], "private ones have no place");
    let (_, elsewhere) = desk.get("/board/points?south=19&north=20&west=-91.2&east=-91.0").await;
    assert_eq!(elsewhere["reports"], json!([]));
    assert_eq!(desk.get("/board/points?south=20&north=19&west=0&east=1").await.0, 400);
    let (_, shapes) = desk.get("/board/map").await;
    let features = shapes["features"].as_array().unwrap();
    assert_eq!(features.iter().filter(|one| one["properties"]["kind"] == "colonia").count(), 12);
    assert_eq!(features[0]["geometry"]["type"], "MultiPolygon");
}
