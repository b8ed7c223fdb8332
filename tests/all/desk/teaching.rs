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

#[tokio::test]
async fn a_trainer_is_told_why_a_text_is_understood_so() {
    let app = TestApp::new().await;
    let tere = app.member(&[Role::Trainer]).await;
    let why = async |text: &str| tere.post("/training/explain?lang=es", json!({ "text": text })).await;
    let (status, hole) = why("hay un bache enorme en mi calle desde ayer").await;
    assert_eq!((status, &hole["decision"]), (200, &json!("sure")), "{hole}");
    assert_eq!(hole["intents"][0]["name"], "report.pothole");
    assert_eq!(hole["words_for"], json!({ "id": "report.pothole", "title": hole["intents"][0]["label"] }));
    let words = hole["words"].as_array().unwrap();
    let weighs = |word: &Value| word["by_words"].as_f64().unwrap();
    let most = words.iter().max_by(|a, b| weighs(a).total_cmp(&weighs(b))).unwrap();
    assert_eq!((&most["word"], &most["by_sense"]), (&json!("bache"), &Value::Null));
    assert_eq!(hole["danger"], json!({ "alarm": null, "signs": [], "part": null }));
    let named: Vec<&Value> = hole["entities"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
    assert_eq!(named, ["size", "since"]);
    let (_, cry) = why("hay un bache y ya no kiero bibir").await;
    assert_eq!(cry["danger"]["alarm"]["intent"]["id"], "crisis.self_harm", "{cry}");
    assert_eq!(cry["danger"]["alarm"]["at_once"], true);
    let sign = &cry["danger"]["signs"][0];
    assert_eq!((&sign["words"], &sign["weight"]), (&json!("no kiero bibir"), &json!("certain")));
}

#[tokio::test]
async fn only_trainers_have_texts_explained_and_only_texts() {
    let app = TestApp::new().await;
    let (rosa, tere) = (app.member(&[Role::Agent]).await, app.member(&[Role::Trainer]).await);
    let text = json!({ "text": "hay un bache" });
    assert_eq!(rosa.post("/training/explain", text).await.0, 403);
    for (text, code) in [("  ".to_owned(), "nothing_said"), ("a".repeat(4097), "too_long")] {
        let (status, said) = tere.post("/training/explain", json!({ "text": text })).await;
        assert_eq!((status, &said["code"]), (422, &json!(code)));
    }
    assert_eq!(tere.post("/training/explain", json!({ "text": 7 })).await.0, 422);
}
