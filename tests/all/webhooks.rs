//! What Meta, and others, may post.

use std::time::Duration;

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use ventanilla::{demo, simulator::Fault, store};

use crate::support::{
    TestApp,
    wire::{self, LUPE},
};

fn greeting(id: &str) -> Vec<u8> {
    wire::messages(&[wire::text(id, LUPE, "hay un bache")]).to_string().into_bytes()
}

/// A phone that is switched on, so that the simulated Meta takes what the town says to it.
fn switch_on(app: &TestApp) {
    app.simulator.say(LUPE, ventanilla::simulator::Said::Text { text: "hay un bache".to_owned() }).unwrap();
}

/// Bubbles of the town on the phone of hand-written messages.
fn heard(app: &TestApp) -> usize {
    let bubbles = app.simulator.bubbles(LUPE, 0);
    bubbles.iter().filter(|bubble| bubble.from == ventanilla::simulator::Side::Town).count()
}

async fn quarantined(app: &TestApp) -> Vec<(String, String)> {
    let app = app.app();
    let mut read = Vec::new();
    for (id, reason) in store::raws::quarantined(app.store.read()).await.unwrap() {
        let sealed = store::raws::by_id(app.store.read(), id).await.unwrap().unwrap();
        read.push((reason, String::from_utf8(app.keyring.open(&sealed).unwrap()).unwrap()));
    }
    read
}

#[tokio::test]
async fn the_handshake_echoes_the_challenge_to_who_knows_the_token() {
    let app = TestApp::new().await;
    app.simulator.verify().await.unwrap();
    let path = format!(
        "/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={}",
        "wrong"
    );
    assert_eq!(app.get(&path).send().await.unwrap().status(), 403);
    let answer = app.get(&path.replace("wrong", demo::VERIFY_TOKEN)).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.text().await.unwrap().as_str()), (200, "1158201444"));
}

#[tokio::test]
async fn a_wrong_or_missing_signature_is_401_and_nothing_is_stored() {
    let app = TestApp::new().await;
    let body = greeting("wamid.1");
    let wrong = wire::signature(b"something else");
    assert_eq!(app.post_webhook(body.clone(), Some(&wrong)).await, 401);
    assert_eq!(app.post_webhook(body, None).await, 401);
    assert_eq!(app.post_webhook("not even JSON", None).await, 401);
    assert_eq!(app.post_webhook("not even JSON", Some("sha256=zz")).await, 401);
    assert_eq!(app.inbox_len().await, 0);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM raw_webhooks", []).await, 0);
}

#[tokio::test]
async fn meta_delivers_again_what_was_refused_for_its_signature() {
    let app = TestApp::new().await;
    app.simulator.arm(Fault::WebhookBadSignature, 1);
    let mut lupe = app.citizen("Lupe");
    assert!(lupe.asks("hay un bache").await.contains("Bache"));
    assert_eq!(app.simulator.stats().webhooks.retried, 1);
}

#[tokio::test]
async fn signed_rubbish_is_answered_200_and_kept_for_somebody_to_read() {
    let app = TestApp::new().await;
    assert_eq!(app.post_signed(b"{ this is not JSON").await, 200);
    let kept = quarantined(&app).await;
    assert_eq!(kept, [("the body is not JSON".to_owned(), "{ this is not JSON".to_owned())]);
}

#[tokio::test]
async fn half_an_emoji_does_not_spoil_the_message() {
    let app = TestApp::new().await;
    switch_on(&app);
    app.settle().await;
    let body = wire::messages(&[wire::text("wamid.1", LUPE, "no, BROKEN")]).to_string();
    let body = body.replace("BROKEN", r"gracias \ud83d");
    assert_eq!(app.post_signed(body.as_bytes()).await, 200);
    app.settle().await;
    assert_eq!((heard(&app), app.inbox_len().await), (2, 2));
}

#[tokio::test]
async fn a_type_of_the_future_is_answered_kindly() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let message = json!({ "type": "hologram", "hologram": { "id": "7" } }).as_object().cloned().unwrap();
    app.simulator.say(lupe.wa_id(), ventanilla::simulator::Said::Raw { message }).unwrap();
    let answer = lupe.hears().await.join("\n");
    assert!(answer.contains("Todavía no puedo abrir ese tipo de mensaje"), "{answer}");
}

#[tokio::test]
async fn a_number_that_is_not_ours_is_put_aside_and_its_sibling_is_served() {
    let app = TestApp::new().await;
    switch_on(&app);
    app.settle().await;
    let strange = wire::change("999", "messages", &[wire::text("wamid.1", LUPE, "para otro")]);
    let ours = wire::change(demo::PHONE_NUMBER_ID, "messages", &[wire::text("wamid.2", LUPE, "no")]);
    assert_eq!(app.post_signed(wire::envelope(&[strange, ours]).to_string().as_bytes()).await, 200);
    app.settle().await;
    let kept = quarantined(&app).await;
    assert_eq!(kept.len(), 1);
    assert!(kept[0].0.contains("none of ours") && kept[0].1.contains("para otro"), "{kept:?}");
    assert_eq!(heard(&app), 2);
}

#[tokio::test]
async fn four_megabytes_are_refused_before_they_are_read() {
    let app = TestApp::new().await;
    // The length is announced, the bytes never come: an answer means that nobody waited for them.
    let never = futures::stream::pending::<Result<Vec<u8>, std::io::Error>>();
    let request = app.post("/webhooks/whatsapp").header("content-length", (4 * 1024 * 1024 + 1).to_string());
    let answer = request.body(reqwest::Body::wrap_stream(never)).send().await.unwrap();
    assert_eq!(answer.status(), 413);
    assert_eq!(app.inbox_len().await, 0);
}

#[tokio::test]
async fn the_same_post_twice_is_answered_once() {
    let app = TestApp::new().await;
    switch_on(&app);
    app.settle().await;
    let body = wire::messages(&[wire::text("wamid.1", LUPE, "no")]).to_string();
    assert_eq!(app.post_signed(body.as_bytes()).await, 200);
    assert_eq!(app.post_signed(body.as_bytes()).await, 200);
    app.settle().await;
    assert_eq!((heard(&app), app.inbox_len().await), (2, 2));
}

#[tokio::test]
async fn the_same_id_twice_in_one_post_is_answered_once() {
    let app = TestApp::new().await;
    switch_on(&app);
    app.settle().await;
    let message = wire::text("wamid.1", LUPE, "no");
    assert_eq!(
        app.post_signed(wire::messages(&[message.clone(), message]).to_string().as_bytes()).await,
        200
    );
    app.settle().await;
    assert_eq!((heard(&app), app.inbox_len().await), (2, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_deliveries_at_once_are_answered_once() {
    let app = TestApp::new().await;
    switch_on(&app);
    app.settle().await;
    let body = wire::messages(&[wire::text("wamid.1", LUPE, "no")]).to_string().into_bytes();
    let posts = futures::future::join_all((0..8).map(|_| app.post_signed(&body))).await;
    assert_eq!(posts, [200; 8]);
    app.settle().await;
    assert_eq!((heard(&app), app.inbox_len().await), (2, 2));
}

#[tokio::test]
async fn a_webhook_that_meta_repeats_after_its_200_changes_nothing() {
    let app = TestApp::new().await;
    app.simulator.arm(Fault::DuplicateWebhook, 1);
    let mut lupe = app.citizen("Lupe");
    let first = lupe.asks("hay un bache").await;
    app.until("the second delivery came", async || app.simulator.stats().webhooks.ok >= 4).await;
    assert!(lupe.hears().await.is_empty(), "one answer was enough: {first}");
    assert_eq!(app.inbox_len().await, 1);
}

#[tokio::test]
async fn a_thousand_updates_come_in_one_post() {
    let app =
        TestApp::builder().tuning(|tuning| tuning.limits = ventanilla::simulator::Limits::OFF).start().await;
    let phone = |n: usize| format!("52198122{n:05}");
    let texts: Vec<Value> =
        (0..100).map(|n| wire::text(&format!("wamid.{n}"), &phone(n), "hay un bache")).collect();
    let statuses: Vec<Value> =
        (0..900).map(|n| wire::status(&format!("wamid.unknown{n}"), "read", &phone(n))).collect();
    let body = wire::envelope(&[
        wire::change(demo::PHONE_NUMBER_ID, "messages", &texts),
        wire::change(demo::PHONE_NUMBER_ID, "statuses", &statuses),
    ]);
    assert_eq!(app.post_signed(body.to_string().as_bytes()).await, 200);
    app.settle().await;
    assert_eq!(app.inbox_len().await, 100);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM held_statuses", []).await, 900);
    assert_eq!(app.simulator.stats().accepted, 100);
}

#[tokio::test]
async fn a_locked_database_answers_503_and_what_comes_again_is_answered() {
    let app = TestApp::builder().tuning(|tuning| tuning.post_timeout = Duration::from_secs(20)).start().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache").await;
    // A backup tool, say. The server waits five seconds for it, as SQLite's busy time-out is set.
    let other = app.other_connection().await;
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    assert_eq!(app.post_signed(&greeting("wamid.locked")).await, 503);
    assert_eq!(app.get("/readyz").send().await.unwrap().status(), 503);
    other.execute_unprepared("ROLLBACK").await.unwrap();
    assert_eq!(app.inbox_len().await, 1);
    lupe.says("no").await;
    assert!(lupe.hears().await.join("\n").contains("¿De qué tamaño es?"));
    assert_eq!(app.get("/readyz").send().await.unwrap().status(), 200);
}
