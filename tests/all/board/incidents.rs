//! Reports that may be one thing: suggested, and decided by people.

use std::time::Duration;

use serde_json::{Value, json};
use ventanilla::{staff::Role, store::reports::ReportRow};

use super::town::{HERE, filed, folios, now};
use crate::support::{TestApp, staff::Desk};

const HOUR: Duration = Duration::from_secs(3600);

async fn suggested(desk: &Desk<'_>) -> Vec<Value> {
    let (status, list) = desk.get("/board/incidents").await;
    assert_eq!(status, 200, "{list}");
    list["incidents"].as_array().unwrap().clone()
}

/// Three leaks within 100 m, minutes apart.
async fn three_leaks(app: &TestApp) -> Vec<ReportRow> {
    let mut leaks = Vec::new();
    for north in [0.0, 0.0003, 0.0006] {
        leaks.push(filed(app, "water_leak", (HERE.0 + north, HERE.1)).await);
        app.advance(HOUR / 12).await;
    }
    leaks
}

fn accepted(incident: &Value) -> Value {
    let others = incident["others"].as_array().unwrap().iter();
    let others: Vec<Value> =
        others.map(|one| json!({ "id": one["id"], "version": one["version"] })).collect();
    json!({ "lead": incident["lead"]["id"], "others": others })
}

#[tokio::test]
async fn three_close_together_are_suggested_and_become_one_in_one_act() {
    let app = TestApp::new().await;
    let desk = app.member(&[Role::Agent]).await;
    let leaks = three_leaks(&app).await;
    filed(&app, "water_leak", (HERE.0 + 0.004, HERE.1)).await;
    filed(&app, "pothole", HERE).await;
    let incidents = suggested(&desk).await;
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0]["lead"]["folio"], json!(leaks[0].folio));
    assert_eq!((incidents[0]["others"].as_array().unwrap().len(), &incidents[0]["people"]), (2, &json!(3)));
    let (status, done) = desk.post("/board/incidents/accept", accepted(&incidents[0])).await;
    assert_eq!(status, 200, "{done}");
    assert_eq!(now(&desk, &leaks[0]).await["people"], 3);
    assert_eq!(suggested(&desk).await, Vec::<Value>::new());
    assert_eq!(folios(&desk, "category=water_leak").await.len(), 2);
}

#[tokio::test]
async fn nothing_is_merged_when_one_of_them_changed_meanwhile() {
    let app = TestApp::new().await;
    let desk = app.member(&[Role::Agent]).await;
    let leaks = three_leaks(&app).await;
    let incidents = suggested(&desk).await;
    super::town::move_to(&desk, &leaks[2], "in_progress", json!({})).await;
    let (status, refused) = desk.post("/board/incidents/accept", accepted(&incidents[0])).await;
    assert_eq!((status, refused["code"].as_str()), (409, Some("stale")));
    assert_eq!(now(&desk, &leaks[1]).await["state"], "received", "all or nothing");
}

#[tokio::test]
async fn what_was_dismissed_is_not_suggested_again() {
    let app = TestApp::new().await;
    let desk = app.member(&[Role::Agent]).await;
    let leaks = three_leaks(&app).await;
    let ids: Vec<_> = leaks.iter().map(|leak| leak.id).collect();
    assert_eq!(desk.post("/board/incidents/dismiss", json!({ "reports": ids })).await.0, 204);
    assert_eq!(suggested(&desk).await, Vec::<Value>::new());
    assert_eq!(now(&desk, &leaks[1]).await["state"], "received");
    filed(&app, "water_leak", HERE).await;
    assert_eq!(suggested(&desk).await, Vec::<Value>::new(), "one more is no incident");
}

#[tokio::test]
async fn reports_of_different_days_or_departments_are_no_incident() {
    let app = TestApp::new().await;
    for _ in 0..3 {
        filed(&app, "water_leak", HERE).await;
        app.advance(HOUR * 20).await;
    }
    let crew = app.member_of(&[Role::Department], &["public_works"]).await;
    let desk = app.member(&[Role::Agent]).await;
    assert_eq!(suggested(&desk).await, Vec::<Value>::new(), "two within a day are no incident");
    let leaks = three_leaks(&app).await;
    assert_eq!(suggested(&crew).await, Vec::<Value>::new(), "another department's");
    let stolen = json!({ "reports": [leaks[0].id] });
    assert_eq!(crew.post("/board/incidents/dismiss", stolen).await.0, 404);
}
