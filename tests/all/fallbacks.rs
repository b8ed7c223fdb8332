//! What becomes of a reply whose way is closed: another channel, another time, or nothing, and never the wrong person.

use std::time::Duration;

use sea_orm::ConnectionTrait;
use serde_json::json;
use ventanilla::{
    simulator::{Fault, StatusScript},
    store::{self, handovers::HandoverRow},
};

use crate::support::{TestApp, citizen::Citizen, wire};

const A_DAY_LATER: Duration = Duration::from_secs(26 * 3600);

async fn silent() -> TestApp {
    TestApp::builder().statuses(StatusScript::NONE).start().await
}

async fn waiting(app: &TestApp) -> HandoverRow {
    store::handovers::list_open(app.app().store.read()).await.unwrap().remove(0)
}

/// Meta tells that the newest message to this person failed.
async fn fails_later(app: &TestApp, to: &Citizen<'_>, code: i64) {
    app.settle().await;
    let sent = "SELECT provider_id AS t FROM outbox WHERE provider_id IS NOT NULL ORDER BY id DESC";
    let mut status = wire::status(&app.texts(sent).await[0], "failed", to.wa_id());
    status["errors"] = json!([{ "code": code, "title": "failed" }]);
    assert_eq!(app.post_signed(wire::statuses(&[status]).to_string().as_bytes()).await, 200);
    app.settle().await;
}

async fn tried(app: &TestApp) -> i64 {
    app.count("SELECT attempts AS n FROM outbox ORDER BY id", []).await
}

// ---- a stopped account

#[tokio::test]
async fn while_whatsapp_is_stopped_ordinary_answers_go_by_sms() {
    let app = TestApp::builder().with_faults(Fault::Token, 1).start().await;
    let mut lupe = app.citizen("Lupe");
    lupe.says("hay un bache").await;
    assert!(lupe.hears().await.is_empty());
    assert!(app.texter("Lupe").hears().await.join(" ").contains("herido"));
    assert_eq!(store::notices::open(app.app().store.read()).await.unwrap().len(), 1, "staff are told");
}

#[tokio::test]
async fn what_waits_on_one_channel_holds_up_no_other() {
    let app = TestApp::builder().with_faults(Fault::Token, 1).start().await;
    app.citizen("Lupe").says("mi esposo me pega").await;
    app.settle().await;
    assert_eq!(app.outbox_states().await, ["queued"], "what is private waits for WhatsApp");
    assert_ne!(app.texter("Lupe").asks("hola").await, "");
    app.may_end_unfinished();
}

// ---- failures that come late

#[tokio::test]
async fn what_failed_late_for_the_moment_goes_again_and_at_most_three_times() {
    let app = silent().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache").await;
    for n in 2..=3 {
        fails_later(&app, &lupe, 131_000).await;
        app.advance(Duration::from_secs(20)).await;
        assert_eq!((lupe.hears().await.len(), tried(&app).await), (1, n));
    }
    fails_later(&app, &lupe, 131_000).await;
    app.advance(Duration::from_secs(600)).await;
    assert_eq!((lupe.hears().await.len(), tried(&app).await), (0, 3));
    assert_eq!(app.outbox_states().await, ["failed"]);
}

#[tokio::test]
async fn an_account_that_fails_late_is_stopped_and_told_and_nothing_is_lost() {
    let app = silent().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache").await;
    fails_later(&app, &lupe, 131_042).await;
    assert_eq!(store::notices::open(app.app().store.read()).await.unwrap().len(), 1);
    assert_eq!(app.texter("Lupe").hears().await.len(), 1);
}

#[tokio::test]
async fn a_limit_on_promotion_is_no_reason_to_write_by_sms() {
    let app = silent().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache").await;
    fails_later(&app, &lupe, 131_049).await;
    assert!(app.texter("Lupe").hears().await.is_empty());
    assert_eq!(app.outbox_states().await, ["failed"]);
}

#[tokio::test]
async fn a_failure_told_twice_does_not_stop_the_sms_that_goes_instead() {
    let app = silent().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache").await;
    let provider_id = app.texts("SELECT provider_id AS t FROM outbox").await[0].clone();
    let id = app.texts("SELECT lower(hex(id)) AS t FROM outbox").await[0].clone();
    // So that nothing better is known of the SMS than that it was taken.
    app.twilio.arm(ventanilla::simulator::twilio::Fault::NoStatus, 1);
    fails_later(&app, &lupe, 131_026).await;
    let mut again = wire::status(&provider_id, "failed", lupe.wa_id());
    again["biz_opaque_callback_data"] = json!(id);
    again["errors"] = json!([{ "code": 131_026, "title": "failed" }]);
    assert_eq!(app.post_signed(wire::statuses(&[again]).to_string().as_bytes()).await, 200);
    app.settle().await;
    assert_eq!(app.texter("Lupe").hears().await.len(), 1);
    assert_eq!(app.outbox_states().await, ["accepted"]);
}

#[tokio::test]
async fn of_two_phones_the_one_that_wrote_is_written_to() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hola").await;
    let other = "INSERT INTO addresses (id, town_id, person_id, channel, account, key, route, created_at) \
                 SELECT randomblob(16), town_id, person_id, channel, 'other', 'phone:+520000000001', '520000000001', 1 \
                 FROM addresses LIMIT 1";
    app.other_connection().await.execute_unprepared(other).await.unwrap();
    app.simulator.arm(Fault::StatusFailed, 1);
    lupe.says("hay un bache").await;
    assert!(app.texter("Lupe").hears().await.join(" ").contains("herido"));
}

#[tokio::test]
async fn what_lost_its_pin_when_it_was_taken_is_not_sent_by_sms_as_if_it_were_whole() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    for said in ["hay un bache", "no", "mediano", "calle 20 por 15", "está muy hondo", "sin foto"] {
        lupe.asks(said).await;
    }
    app.simulator.arm(Fault::StatusFailed, 1);
    lupe.asks("sí").await;
    let failed = "SELECT message_json AS t FROM outbox WHERE state = 'failed'";
    let failed = app.texts(failed).await;
    assert!(failed.len() == 1 && failed[0].contains("••••••"), "{failed:?}");
    assert!(app.texter("Lupe").hears().await.is_empty());
}

// ---- kept

#[tokio::test]
async fn who_wrote_while_an_answer_was_refused_need_not_write_again() {
    let app = TestApp::builder().with_faults(Fault::Window, 2).start().await;
    let mut lupe = app.citizen("Lupe");
    lupe.says("hay un bache").await;
    assert!(lupe.hears().await.is_empty());
    app.advance(Duration::from_millis(1_500)).await;
    lupe.says("no").await;
    app.advance(Duration::from_secs(3)).await;
    app.advance(Duration::from_secs(3)).await;
    let heard = lupe.hears().await;
    assert!(heard.len() == 2 && heard[0].contains("herido"), "{heard:?}");
}

async fn kept_and_silent(app: &TestApp, lupe: &mut Citizen<'_>) {
    lupe.hears().await;
    app.advance(A_DAY_LATER).await;
    app.agent_says(waiting(app).await, "Ana", "Ya lo revisamos.").await.unwrap();
    app.settle().await;
    assert!(lupe.hears().await.is_empty(), "no template");
    assert!(app.outbox_states().await.contains(&"kept".to_owned()));
    assert!(lupe.asks("hola").await.contains("Ya lo revisamos."));
}

#[tokio::test]
async fn nobody_is_reminded_of_a_private_matter() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("me quiero morir").await;
    assert_eq!(waiting(&app).await.priority, "crisis");
    kept_and_silent(&app, &mut lupe).await;
    let private = "SELECT CAST(private AS BIGINT) AS n FROM outbox WHERE author = 'agent'";
    assert_eq!(app.count(private, []).await, 1);
}

#[tokio::test]
async fn who_wants_no_messages_is_not_reminded_either() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("STOP").await;
    lupe.asks("quiero hablar con una persona").await;
    kept_and_silent(&app, &mut lupe).await;
}

// ---- answers of a person of the town

#[tokio::test]
async fn who_called_and_did_not_agree_to_texts_is_to_be_called() {
    let app = TestApp::new().await;
    let mut calling = app.caller("Lupe");
    calling.hears().await;
    calling.asks("me quiero morir").await;
    calling.hangs_up().await;
    let refused = app.agent_says(waiting(&app).await, "Ana", "¿Cómo sigues?").await;
    let sentence = refused.unwrap_err().to_string();
    assert!(sentence.contains("call them at +52"), "{sentence}");
    assert!(app.texter("Lupe").hears().await.is_empty());
}

#[tokio::test]
async fn who_wrote_is_answered_on_the_channel_of_the_talk() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("quiero hablar con una persona").await;
    // Somebody calls from the same phone and hangs up at once.
    let calling = app.caller("Lupe");
    let channel = "UPDATE conversations SET channel = 'whatsapp'";
    calling.hangs_up().await;
    app.settle().await;
    app.other_connection().await.execute_unprepared(channel).await.unwrap();
    lupe.hears().await;
    app.agent_says(waiting(&app).await, "Ana", "Ya lo revisamos.").await.unwrap();
    assert_eq!(lupe.hears().await, ["Ya lo revisamos."]);
}
