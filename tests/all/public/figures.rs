//! The figures of `/reportes/cifras`.

use std::time::Duration;

use ventanilla::{reports::State, store::reports::ReportRow};

use super::{CENTRO, filed, moved, page, saved};
use crate::support::TestApp;

/// What stands in the table or list after a label.
fn after<'a>(html: &'a str, label: &str) -> &'a str {
    let behind = html.split(&format!(">{label}</dt><dd>")).nth(1);
    behind.and_then(|behind| behind.split("</dd>").next()).unwrap_or_else(|| panic!("no {label} in {html}"))
}

#[tokio::test]
async fn the_figures_show_what_was_proved_and_what_came_back() {
    let app = TestApp::new().await;
    assert!(page(&app, "/reportes/cifras").await.1.contains("Todavía no hay reportes que contar"));
    let mut rows = Vec::new();
    for _ in 0..4 {
        rows.push(filed(&app, "pothole", CENTRO).await);
    }
    filed(&app, "corruption", CENTRO).await;
    app.advance(Duration::from_secs(72 * 3600)).await;
    let done = moved(&app, &rows[0], State::ResolvedClaimed, "Se tapó").await;
    let back =
        ReportRow { reopened: 1, state: "reopened".to_owned(), claimed_at: Some(1), ..rows[1].clone() };
    saved(&app, back).await;
    let end = |row: &ReportRow, state: &str, outcome: &str| ReportRow {
        state: state.to_owned(),
        outcome: Some(outcome.to_owned()),
        closed_at: Some(row.filed_at + 5 * 3_600_000),
        ..row.clone()
    };
    saved(&app, end(&rows[2], "closed_confirmed", "lapsed")).await;
    saved(&app, end(&rows[3], "closed_confirmed", "confirmed")).await;
    assert_eq!(done.stands(), State::ResolvedClaimed);
    let (_, html) = page(&app, "/reportes/cifras").await;
    // The page of a minute ago may be shown once more while it is counted anew.
    app.until("it is counted anew", async || page(&app, "/reportes/cifras").await.1.contains("Reabierto"))
        .await;
    drop(html);
    let (_, html) = page(&app, "/reportes/cifras").await;
    assert_eq!(after(&html, "Reportes recibidos"), "4", "the private one is not counted");
    assert_eq!(after(&html, "Siguen abiertos"), "2");
    assert_eq!(after(&html, "Con foto del trabajo"), "50 % (1 de 2)");
    assert_eq!(after(&html, "Reabiertos porque el problema seguía"), "50 % (1 de 2)");
    assert_eq!(after(&html, "Concluidos que confirmó quien reportó"), "50 % (1 de 2)");
    assert!(html.contains("4 días") && html.contains("6 h"), "{html}");
    assert!(html.contains("De una lista anterior"));
    let (_, english) = page(&app, "/reportes/cifras?lang=en").await;
    assert!(english.contains("Figures of reports"));
}

#[tokio::test]
async fn how_many_there_are_is_said_once_it_was_counted() {
    let app = TestApp::new().await;
    filed(&app, "pothole", CENTRO).await;
    filed(&app, "garbage", CENTRO).await;
    app.until("it is counted", async || page(&app, "/reportes").await.1.contains("2 reportes")).await;
    assert!(page(&app, "/reportes?categoria=pothole").await.1.contains("1 reporte<"));
    assert!(!page(&app, "/reportes?desde=2026-01-01").await.1.contains("2 reportes"), "days are not counted");
}
