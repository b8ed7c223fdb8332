//! Open data.

use std::time::Duration;

use serde_json::Value;
use ventanilla::store::reports::ReportRow;

use super::{CENTRO, filed, page, saved};
use crate::support::TestApp;

#[tokio::test]
async fn the_three_files_say_the_same() {
    let app = TestApp::new().await;
    let formula = filed(&app, "pothole", CENTRO).await;
    let text = "=HYPERLINK(\"http://x\")\ny \"comillas\", comas";
    let shown = ReportRow {
        moderation: "shown".to_owned(),
        public_text: Some(text.to_owned()),
        people: 3,
        ..formula.clone()
    };
    saved(&app, shown).await;
    let nowhere = filed(&app, "garbage", CENTRO).await;
    saved(&app, ReportRow { lat: None, lon: None, cell: None, ..nowhere.clone() }).await;

    let answer = app.get("/datos/reportes.csv").send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/csv; charset=utf-8"));
    let csv = answer.text().await.unwrap();
    // reqwest takes the mark away.
    let csv = csv.trim_start_matches('\u{feff}');
    assert!(csv.starts_with("folio,categoria,"), "{csv}");
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://x\"\")\ny \"\"comillas\"\", comas\"\r\n"), "{csv}");

    let json: Vec<Value> = app.get("/datos/reportes.json").send().await.unwrap().json().await.unwrap();
    let one = json.iter().find(|one| one["folio"] == formula.folio.as_str()).unwrap();
    assert_eq!((&one["texto"], &one["personas"], &one["abierto"]), (&text.into(), &3.into(), &true.into()));
    assert_eq!(one["recibido"], "2026-11-23T10:00:00-06:00");
    assert_eq!(json.len(), 2);

    let geo: Value = app.get("/datos/reportes.geojson").send().await.unwrap().json().await.unwrap();
    let feature = |folio: &str| {
        geo["features"].as_array().unwrap().iter().find(|one| one["id"] == folio).unwrap().clone()
    };
    assert_eq!(feature(&formula.folio)["geometry"]["coordinates"], serde_json::json!([-91.1132, 18.9263]));
    assert_eq!(feature(&nowhere.folio)["geometry"], Value::Null);
}

#[tokio::test]
async fn a_file_longer_than_a_chunk_is_whole() {
    let app = TestApp::new().await;
    super::plans::fill(&app, 2500).await;
    let json: Vec<Value> = app.get("/datos/reportes.json").send().await.unwrap().json().await.unwrap();
    let mut folios: Vec<_> = json.iter().map(|one| one["folio"].as_str().unwrap().to_owned()).collect();
    folios.sort_unstable();
    folios.dedup();
    assert_eq!(folios.len(), 2500);
    let some: Vec<Value> =
        app.get("/datos/reportes.json?categoria=pothole").send().await.unwrap().json().await.unwrap();
    assert!(!some.is_empty() && some.len() < 2500 && some.iter().all(|one| one["categoria"] == "pothole"));
    let none: Vec<Value> =
        app.get("/datos/reportes.json?hasta=1999-01-01").send().await.unwrap().json().await.unwrap();
    assert_eq!(none, Vec::<Value>::new());
}

#[tokio::test]
async fn every_field_is_explained() {
    let app = TestApp::new().await;
    filed(&app, "pothole", CENTRO).await;
    app.advance(Duration::from_secs(1)).await;
    let csv = page(&app, "/datos/reportes.csv").await.1;
    let (_, html) = page(&app, "/datos").await;
    let (_, english) = page(&app, "/datos?lang=en").await;
    for field in csv.trim_start_matches('\u{feff}').lines().next().unwrap().split(',') {
        let row =
            |html: &str| html.split(&format!("<code>{field}</code></th><td>")).nth(1).map(str::to_owned);
        let said = row(&html).unwrap_or_else(|| panic!("{field} is not explained"));
        assert!(!said.starts_with("</td>") && !row(&english).unwrap().starts_with("</td>"), "{field}");
    }
    assert!(html.contains("CC BY 4.0"));
}

#[tokio::test]
async fn what_cannot_be_downloaded_is_a_problem_in_words() {
    let app = TestApp::new().await;
    for (path, status) in [
        ("/datos/reportes.xlsx", 404),
        ("/datos/..%2f..%2fetc", 404),
        ("/datos/reportes.csv?desde=ayer", 422),
        ("/datos/reportes.csv?categoria=corruption", 422),
        ("/datos/reportes.json?estado=nada", 422),
    ] {
        let answer = app.get(path).send().await.unwrap();
        assert_eq!(answer.status(), status, "{path}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json", "{path}");
    }
}
