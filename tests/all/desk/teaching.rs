//! What agents teach, and what a trainer makes of it.

use serde_json::{Value, json};
use ventanilla::staff::Role;

use super::town::{claim, first, path, stuck};
use crate::support::{TestApp, staff::Desk};

async fn teach(desk: &Desk<'_>, chat: &Value, line: &Value, what: Value) -> (u16, Value) {
    desk.post(&path(chat, "/teach"), json!({ "line": line["id"], "what": what })).await
}

fn said<'a>(chat: &'a Value, who: &str) -> &'a Value {
    chat["lines"].as_array().unwrap().iter().find(|line| line["who"] == who).unwrap()
}

#[tokio::test]
async fn what_agents_teach_is_taken_or_left_by_a_trainer() {
    let app = TestApp::new().await;
    stuck(&app, "Lupe").await;
    let (rosa, tere) = (app.member(&[Role::Agent]).await, app.member(&[Role::Trainer]).await);
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let (theirs, bots) = (said(&chat, "citizen"), said(&chat, "bot"));
    assert_eq!(teach(&rosa, &chat, theirs, json!({ "means": "report.sidewalk" })).await.0, 204);
    assert_eq!(teach(&rosa, &chat, bots, json!({ "wrong": "No era eso." })).await.0, 204);
    let (_, list) = tere.get("/training?state=new").await;
    let examples = list["examples"].as_array().unwrap();
    assert_eq!(examples.len(), 2, "{list}");
    let meant = examples.iter().find(|one| one["kind"] == "means").unwrap();
    assert_eq!(
        (&meant["text"], &meant["intent"], &meant["by"]),
        (&json!("hay un bache enorme en mi calle"), &json!("report.sidewalk"), &json!("Persona 1"))
    );
    let at = format!("/training/{}", meant["id"].as_str().unwrap());
    let unknown = json!({ "state": "accepted", "intent": "no.such" });
    assert_eq!(tere.patch(&at, unknown).await.1["code"], "no_intent");
    let right = json!({ "state": "accepted", "intent": "report.pothole" });
    assert_eq!(tere.patch(&at, right).await.1["intent"], "report.pothole");
    let export = tere.request(reqwest::Method::GET, "/training/export").send().await.unwrap();
    let export = export.text().await.unwrap();
    assert_eq!(export, "# intents/report.pothole.yaml\nes:\n  - \"hay un bache enorme en mi calle\"\n");
    assert_eq!(tere.get("/training?state=accepted").await.1["examples"].as_array().unwrap().len(), 1);
    assert_eq!(rosa.get("/training").await.0, 403);
}

#[tokio::test]
async fn what_cannot_be_learnt_is_refused() {
    let app = TestApp::new().await;
    stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let (theirs, bots) = (said(&chat, "citizen"), said(&chat, "bot"));
    let nobodys = json!({ "id": "01990000-0000-7000-8000-000000000000" });
    for (line, what, code) in [
        (theirs, json!({ "means": "no.such" }), "no_intent"),
        (theirs, json!({ "wrong": "No era eso." }), "no_line"),
        (bots, json!({ "means": "report.tree" }), "no_line"),
        (bots, json!({ "wrong": "  " }), "teach_note"),
        (&nobodys, json!({ "means": "report.tree" }), "no_line"),
    ] {
        assert_eq!(teach(&rosa, &chat, line, what).await.1["code"], json!(code));
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM training_examples", []).await, 0);
}
