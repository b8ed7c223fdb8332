//! What the bot does for an agent, and ending a talk that cannot go on.

use std::time::Duration;

use serde_json::{Value, json};
use ventanilla::staff::Role;

use super::town::{UNDO, claim, close, first, now, path, say, stuck, waiting};
use crate::support::{TestApp, staff::Desk};

const DAY: Duration = Duration::from_secs(24 * 3600);

async fn lend(desk: &Desk<'_>, chat: &Value, what: Value) -> (u16, Value) {
    let version = now(desk, chat).await["version"].clone();
    desk.post(&path(chat, "/lend"), json!({ "version": version, "what": what })).await
}

async fn block(desk: &Desk<'_>, chat: &Value, reason: &str, days: Option<i64>) -> (u16, Value) {
    let version = now(desk, chat).await["version"].clone();
    desk.post(&path(chat, "/block"), json!({ "version": version, "reason": reason, "days": days })).await
}

#[tokio::test]
async fn a_consent_is_the_citizens_own_word_and_the_chat_comes_back() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    assert_eq!(lend(&rosa, &chat, json!({ "consent": "emergencies" })).await.1["code"], "not_askable");
    let (status, lent) = lend(&rosa, &chat, json!({ "consent": "case_updates" })).await;
    assert_eq!(status, 200, "{lent}");
    assert!(lupe.hears().await.join("\n").contains("cómo van tus reportes"));
    assert!(lupe.asks("sí").await.contains("ya quedó anotado"));
    let seen = now(&rosa, &chat).await;
    assert_eq!(seen["packet"]["consents"][0]["state"], "granted");
    let shown = app.texts("SELECT text_shown AS t FROM consents WHERE evidence LIKE 'wamid%'").await;
    assert_eq!(shown.len(), 1, "with the message that proves it");
    assert!(shown[0].starts_with("¿Quieres que te avise por aquí cómo van tus reportes?"));
    assert_eq!((&seen["state"], &seen["holder"]["name"]), (&json!("attended"), &json!("Persona 1")));
    let last = seen["lines"].as_array().unwrap().iter().rfind(|line| line["who"] == "system").unwrap();
    assert_eq!((&last["kind"], &last["text"]), (&json!("came_back"), &json!("ask_consent")));
    lupe.says("¿y mi bache?").await;
    assert_eq!(lupe.hears().await, [""; 0], "the bot is silent again");
    close(&rosa, &chat, "resume").await;
    app.settle().await;
    assert!(lupe.hears().await.join("\n").contains("¿Dónde está?") || waiting(&rosa, "history").await == 1);
}

#[tokio::test]
async fn who_answers_before_the_flow_is_over_has_the_chat_again() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache enorme en mi calle").await;
    let question = lupe.asks("No").await;
    lupe.asks("quiero hablar con una persona").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    assert_eq!(lend(&rosa, &chat, json!({ "flow": "no_such" })).await.1["code"], "no_flow");
    assert_eq!(lend(&rosa, &chat, json!({ "flow": "status" })).await.0, 200);
    assert!(lupe.hears().await.join("\n").contains("folio"));
    say(&rosa, &now(&rosa, &chat).await, "Mejor lo busco yo.").await;
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Mejor lo busco yo."]);
    lupe.says("va").await;
    assert_eq!(lupe.hears().await, [""; 0]);
    close(&rosa, &chat, "resume").await;
    app.settle().await;
    assert_eq!(lupe.hears().await.last(), Some(&question), "the talk stands where it stood");
}

#[tokio::test]
async fn who_is_blocked_is_told_once_and_neither_answered_nor_queued() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let (rosa, boss) = (app.member(&[Role::Agent]).await, app.member(&[Role::Supervisor]).await);
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    assert_eq!(block(&rosa, &chat, " ", None).await.1["code"], "block_reason");
    assert_eq!(block(&rosa, &chat, "insultos", Some(0)).await.1["code"], "block_days");
    let (status, closed) = block(&rosa, &chat, "insultos", Some(3)).await;
    assert_eq!((status, &closed["state"]), (200, &json!("closed")), "{closed}");
    assert!(lupe.hears().await.join("\n").starts_with("Por ahora no podemos seguir"));
    for text in ["¿por qué?", "quiero hablar con una persona", "hay un bache"] {
        assert_eq!(lupe.asks(text).await, "", "{text}");
    }
    assert_eq!(waiting(&rosa, "unanswered").await, 0);
    assert!(!lupe.asks("BAJA").await.is_empty(), "what the law lets them say is heard");
    assert_eq!(rosa.get("/desk/blocks").await.0, 403);
    let (_, list) = boss.get("/desk/blocks").await;
    let standing = &list["blocks"][0];
    assert_eq!((&standing["reason"], &standing["by"]), (&json!("insultos"), &json!("Persona 1")));
    let at = format!("/desk/blocks/{}", standing["id"].as_str().unwrap());
    assert_eq!((boss.delete(&at).await.0, boss.delete(&at).await.0), (204, 404));
    assert!(!lupe.asks("hola").await.is_empty(), "they are answered again");
}

#[tokio::test]
async fn a_block_ends_with_its_days() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    block(&rosa, &chat, "insultos", Some(1)).await;
    lupe.hears().await;
    assert_eq!(lupe.asks("hola").await, "");
    app.advance(DAY).await;
    assert!(!lupe.asks("hola").await.is_empty());
}

#[tokio::test]
async fn who_is_blocked_and_in_danger_is_heard_and_free_again() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let (rosa, boss) = (app.member(&[Role::Agent]).await, app.member(&[Role::Supervisor]).await);
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    block(&rosa, &chat, "insultos", None).await;
    lupe.hears().await;
    assert!(lupe.asks("mi esposo me está golpeando").await.contains("911"));
    let crisis = first(&rosa, "unanswered").await;
    assert_eq!(crisis["priority"], "crisis");
    assert_eq!(boss.get("/desk/blocks").await.1["blocks"], json!([]), "the block is over");
    let crisis = claim(&rosa, &crisis).await;
    assert_eq!(crisis["can"]["block"], false);
    assert_eq!(block(&rosa, &crisis, "insultos", None).await.1["code"], "in_danger");
    let lines = crisis["lines"].as_array().unwrap();
    assert!(lines.iter().any(|line| line["kind"] == "unblocked" && line["text"] == "danger"), "{lines:?}");
}

#[tokio::test]
async fn a_number_is_asked_for_where_the_channel_can() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let mut texter = app.texter("Beto");
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let ask = |chat: &Value| json!({ "version": chat["version"], "what": "contact" });
    assert_eq!(rosa.post(&path(&chat, "/ask"), ask(&chat)).await.0, 200);
    app.advance(UNDO).await;
    assert!(lupe.hears().await[0].contains("tu número"));
    texter.asks("quiero hablar con una persona").await;
    let by_sms = claim(&rosa, &first(&rosa, "unanswered").await).await;
    assert_eq!(rosa.post(&path(&by_sms, "/ask"), ask(&by_sms)).await.1["code"], "not_askable");
}
