//! `FixMyStreet`'s extension: updates told and heard.

use std::time::Duration;

use serde_json::{Value, json};
use ventanilla::{
    reports::State,
    staff::Permission,
    store::{self, report_events::ReportEvent},
};

use super::other::{Answer, Other, get, request, row, town_moves};
use crate::support::TestApp;

const UPDATES: &str = "/v2/servicerequestupdates.json";

async fn tells(other: &Other<'_>, id: &str, update: &str, status: &str, at: &str, said: &str) -> Answer {
    let form = [
        ("service_request_id", id),
        ("update_id", update),
        ("updated_datetime", at),
        ("status", status),
        ("description", said),
    ];
    other.posts(UPDATES, &form).await
}

async fn events(app: &TestApp, id: &str) -> Vec<ReportEvent> {
    store::report_events::of_report(app.app().store.read(), row(app, id).await.id).await.unwrap()
}

#[tokio::test]
async fn what_the_town_says_is_told_oldest_first() {
    let app = TestApp::new().await;
    let id = Other::new(&app).await.filed(&[]).await;
    town_moves(&app, &id, State::InProgress, "Ya vamos <en camino>").await;
    app.advance(Duration::from_secs(60)).await;
    town_moves(&app, &id, State::ResolvedClaimed, "Se tapó con asfalto").await;
    let told = get(&app, UPDATES).await.json();
    let of =
        |field: &str| told.as_array().unwrap().iter().map(|one| one[field].clone()).collect::<Vec<Value>>();
    assert_eq!(of("status"), ["IN_PROGRESS", "FIXED"]);
    assert_eq!(of("description"), ["Ya vamos <en camino>", "Se tapó con asfalto"]);
    assert_eq!(of("service_request_id"), [id.clone(), id.clone()]);
    assert_eq!(of("update_id"), [format!("{id}-2"), format!("{id}-3")]);
    assert_eq!(of("updated_datetime")[1], "2026-11-23T10:01:00-06:00");
    let xml = get(&app, "/v2/servicerequestupdates.xml").await.xml();
    assert_eq!(xml["service_request_updates"]["request_update"][0]["description"], "Ya vamos <en camino>");
    let later = get(&app, &format!("{UPDATES}?start_date=2026-11-23T10:00:30-06:00")).await.json();
    assert_eq!(later.as_array().unwrap().len(), 1);
    assert_eq!(get(&app, &format!("{UPDATES}?start_date=nonsense")).await.status, 400);
    app.advance(Duration::from_secs(2 * 24 * 3600)).await;
    assert_eq!(get(&app, UPDATES).await.json(), json!([]), "unasked it is the last day");
}

#[tokio::test]
async fn an_update_of_another_system_moves_the_report() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    let id = other.filed(&[]).await;
    let at = "2026-11-23T10:00:00-06:00";
    let answer = tells(&other, &id, "a-1", "IN_PROGRESS", at, "Cuadrilla en camino").await;
    assert_eq!((answer.status, answer.json()), (200, json!([{ "update_id": "a-1" }])));
    assert_eq!(row(&app, &id).await.stands(), State::InProgress);
    // Told twice is told once.
    let events_before = events(&app, &id).await.len();
    assert_eq!(
        tells(&other, &id, "a-1", "FIXED", at, "Otra cosa").await.json(),
        json!([{ "update_id": "a-1" }])
    );
    assert_eq!(events(&app, &id).await.len(), events_before);
    // "Closed" is a claim: only the citizen concludes.
    assert_eq!(tells(&other, &id, "a-2", "CLOSED", at, "Se tapó").await.status, 200);
    assert_eq!(row(&app, &id).await.stands(), State::ResolvedClaimed);
    assert_eq!(request(&app, &id).await["status_notes"], "Reportado como atendido. Se tapó");
    assert_eq!(tells(&other, &id, "a-3", "REOPEN", at, "Se volvió a abrir").await.status, 200);
    assert_eq!(row(&app, &id).await.stands(), State::Reopened);
    let actors: Vec<String> = events(&app, &id).await.into_iter().map(|event| event.actor).collect();
    assert!(actors.iter().all(|actor| actor.starts_with("key:")), "{actors:?}");
}

#[tokio::test]
async fn what_may_not_be_is_kept_as_a_note() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    let id = other.filed(&[]).await;
    let at = "2026-11-23T09:00:00-06:00";
    for (update, status) in [
        ("1", "DUPLICATE"),
        ("2", "CANCELLED"),
        ("3", "FOR_TRIAGE"),
        ("4", "INTERNAL_REFERRAL"),
        ("5", "ACTION_SCHEDULED"),
        ("6", "OPEN"),
    ] {
        assert_eq!(tells(&other, &id, update, status, at, "Un aviso").await.status, 200, "{status}");
        assert_eq!(row(&app, &id).await.stands(), State::Received, "{status}");
        let last = events(&app, &id).await.pop().unwrap();
        assert_eq!((last.kind.as_str(), &last.detail["status"]), ("noted", &json!(status)));
        assert_eq!(last.words.private.as_deref(), Some("Un aviso"));
    }
    assert!(!get(&app, &format!("/v2/requests/{id}.json?extensions=true")).await.text.contains("Un aviso"));
}

#[tokio::test]
async fn what_is_older_than_the_last_moves_nothing() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    let id = other.filed(&[]).await;
    tells(&other, &id, "2", "FIXED", "2026-11-23T09:30:00-06:00", "Listo").await;
    tells(&other, &id, "1", "REOPEN", "2026-11-23T09:00:00-06:00", "Llegó tarde").await;
    assert_eq!(row(&app, &id).await.stands(), State::ResolvedClaimed);
    assert_eq!(events(&app, &id).await.pop().unwrap().words.private.as_deref(), Some("Llegó tarde"));
}

#[tokio::test]
async fn a_planned_day_is_a_promise() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    let id = other.filed(&[]).await;
    let form = [
        ("service_request_id", id.as_str()),
        ("update_id", "1"),
        ("updated_datetime", "2026-11-23T10:00:00-06:00"),
        ("status", "action scheduled"),
        ("description", "Vamos el jueves"),
        ("expected_datetime", "2026-11-26T09:00:00-06:00"),
    ];
    assert_eq!(other.posts(UPDATES, &form).await.status, 200);
    assert_eq!(request(&app, &id).await["expected_datetime"], "2026-11-26T09:00:00-06:00");
}

#[tokio::test]
async fn what_lacks_in_an_update_is_named() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    let id = other.filed(&[]).await;
    let lacking = other.posts(UPDATES, &[("service_request_id", &id)]).await;
    assert_eq!(lacking.status, 400);
    for name in ["update_id", "updated_datetime", "status", "description"] {
        assert!(lacking.wrong().contains(&format!("Falta {name}.")), "{name}: {}", lacking.text);
    }
    let at = "2026-11-23T10:00:00-06:00";
    for (answer, status, said) in [
        (tells(&other, &id, "1", "DONE", at, "x").await, 400, "status: debe ser"),
        (tells(&other, &id, "1", "FIXED", "hoy", "x").await, 400, "updated_datetime"),
        (tells(&other, &id, "1", "FIXED", at, &"x".repeat(4_001)).await, 400, "description"),
        (tells(&other, &id, &"1".repeat(201), "FIXED", at, "x").await, 400, "update_id"),
        (tells(&other, "PC-0000-0000", "1", "FIXED", at, "x").await, 404, "service_request_id"),
    ] {
        assert_eq!(answer.status, status, "{}", answer.text);
        assert!(answer.wrong().contains(said), "{}", answer.text);
    }
    assert_eq!(events(&app, &id).await.len(), 1, "nothing was kept of them");
}

#[tokio::test]
async fn a_key_that_files_does_not_update() {
    let app = TestApp::new().await;
    let files = Other::with(&app, &[Permission::FileReports]).await;
    let id = files.filed(&[]).await;
    let at = "2026-11-23T10:00:00-06:00";
    assert_eq!(tells(&files, &id, "1", "FIXED", at, "x").await.status, 403);
    let updates = Other::with(&app, &[Permission::UpdateReports]).await;
    assert_eq!(updates.files(&super::other::POTHOLE).await.status, 403);
    assert_eq!(tells(&updates, &id, "1", "FIXED", at, "x").await.status, 200);
}
