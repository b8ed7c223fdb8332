//! Until when somebody is answered, and who comes first.

use std::time::Duration;

use serde_json::{Value, json};
use ventanilla::{config::Assign, staff::Role};

use super::town::{UNDO, claim, close, first, now, path, say, stuck};
use crate::support::{TestApp, moment, staff::Desk};

const MINUTE: i64 = 60_000;

fn at(chat: &Value, key: &str) -> i64 {
    chat[key].as_i64().unwrap_or_else(|| panic!("no {key} in {chat}"))
}

async fn ids(desk: &Desk<'_>, queue: &str) -> Vec<Value> {
    let (_, listing) = desk.get(&format!("/desk/chats?queue={queue}")).await;
    listing["chats"].as_array().unwrap().iter().map(|chat| chat["id"].clone()).collect()
}

#[tokio::test]
async fn an_answer_is_due_in_office_minutes_and_who_was_answered_waits_for_none() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = first(&rosa, "unanswered").await;
    assert_eq!(at(&chat, "due_at") - at(&chat, "opened_at"), 15 * MINUTE);
    assert_eq!(at(&chat, "at_risk_at") - at(&chat, "opened_at"), 15 * MINUTE * 3 / 4);
    let chat = claim(&rosa, &chat).await;
    assert!(chat["due_at"].is_number(), "taking it is no answer");
    say(&rosa, &chat, "Hola, soy Rosa.").await;
    app.advance(UNDO).await;
    assert_eq!(now(&rosa, &chat).await["due_at"], json!(null), "it is her turn");
    lupe.says("¿y cuándo vienen?").await;
    app.settle().await;
    let asked = now(&rosa, &chat).await;
    assert_eq!(at(&asked, "due_at") - at(&asked, "waiting_since"), 30 * MINUTE, "the next answer");
    app.advance(Duration::from_secs(60)).await;
    lupe.says("¿sigues ahí?").await;
    app.settle().await;
    assert_eq!(now(&rosa, &chat).await["due_at"], asked["due_at"], "who asks again is not put off");
}

#[tokio::test]
async fn at_night_nothing_is_due_before_the_morning_but_somebody_in_danger() {
    let app = TestApp::builder().at("2026-11-23T22:00:00-06:00").start().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("quiero hablar con una persona").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = first(&rosa, "unanswered").await;
    assert_eq!(at(&chat, "due_at"), moment("2026-11-24T08:15:00-06:00"));
    let mut beto = app.citizen("Beto");
    beto.asks("me quiero morir").await;
    let crisis = first(&rosa, "unanswered").await;
    assert_eq!(crisis["priority"], "crisis");
    assert_eq!(at(&crisis, "due_at") - at(&crisis, "opened_at"), 5 * MINUTE);
    lupe.asks("me quiero morir").await;
    let raised = now(&rosa, &chat).await;
    assert_eq!(raised["priority"], "crisis");
    assert!(at(&raised, "due_at") <= app.clock.now() + 5 * MINUTE, "{raised}");
}

#[tokio::test]
async fn a_department_that_gets_it_answers_in_its_own_hours() {
    let app = TestApp::builder().at("2026-11-23T14:55:00-06:00").start().await;
    stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    assert!(at(&chat, "due_at") > moment("2026-11-24T08:00:00-06:00"), "the town hall closes at three");
    let to = json!({ "version": chat["version"], "to": { "department": "water" } });
    let (_, passed) = rosa.post(&path(&chat, "/transfer"), to).await;
    assert_eq!(at(&passed, "due_at"), moment("2026-11-23T16:15:00-06:00"), "water opens again at four");
    // Lupe is told where she is now.
    app.settle().await;
}

#[tokio::test]
async fn what_is_due_first_comes_first() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let old = claim(&rosa, &first(&rosa, "unanswered").await).await;
    say(&rosa, &old, "Hola").await;
    app.advance(UNDO).await;
    lupe.says("gracias, ¿y luego?").await;
    app.advance(Duration::from_secs(60)).await;
    stuck(&app, "Beto").await;
    let new = claim(&rosa, &first(&rosa, "unanswered").await).await;
    assert!(at(&new, "opened_at") > at(&old, "opened_at"));
    assert_eq!(
        ids(&rosa, "mine").await,
        [new["id"].clone(), old["id"].clone()],
        "a first answer is due sooner"
    );
}

#[tokio::test]
async fn first_answers_in_time_are_counted_with_their_n() {
    let app = TestApp::new().await;
    stuck(&app, "Lupe").await;
    let (rosa, boss) = (app.member(&[Role::Agent]).await, app.member(&[Role::Supervisor]).await);
    say(&rosa, &first(&rosa, "unanswered").await, "Hola").await;
    app.advance(UNDO).await;
    stuck(&app, "Beto").await;
    app.advance(Duration::from_secs(16 * 60)).await;
    say(&rosa, &first(&rosa, "unanswered").await, "Hola").await;
    app.advance(UNDO).await;
    stuck(&app, "Itzel").await;
    let (_, figures) = boss.get("/desk/stats?days=1").await;
    let quality = &figures["teams"][0]["quality"];
    assert_eq!(quality["in_time"], json!({ "count": 1, "n": 2 }), "{figures}");
    assert_eq!(quality["resolved"], json!({ "count": 0, "n": 0 }), "too soon to tell");
}

#[tokio::test]
async fn who_comes_back_was_not_helped() {
    let app = TestApp::new().await;
    let rosa = app.member(&[Role::Agent]).await;
    let mut lupe = app.citizen("Lupe");
    let mut beto = app.citizen("Beto");
    for citizen in [&mut lupe, &mut beto] {
        citizen.asks("quiero hablar con una persona").await;
        let chat = first(&rosa, "unanswered").await;
        say(&rosa, &chat, "Hola").await;
        app.advance(UNDO).await;
        close(&rosa, &chat, "nothing").await;
        app.settle().await;
    }
    app.advance(Duration::from_secs(1800)).await;
    lupe.asks("quiero hablar con una persona").await;
    let again = now(&rosa, &first(&rosa, "unanswered").await).await;
    assert_eq!(again["packet"]["before"]["name"], "Persona 1", "who attended her half an hour ago");
    app.clock.advance(Duration::from_secs(8 * 24 * 3600));
    let boss = app.member(&[Role::Supervisor]).await;
    let (_, figures) = boss.get("/desk/stats?days=30").await;
    let quality = &figures["teams"][0]["quality"];
    assert_eq!(quality["resolved"], json!({ "count": 1, "n": 2 }), "{figures}");
    assert_eq!(quality["reopened"], json!({ "count": 1, "n": 2 }));
}

#[tokio::test]
async fn chats_are_dealt_out_as_they_are_due() {
    let dealing = TestApp::builder().configure(|config| {
        config.desk.assign = Assign::LeastBusy;
        config.desk.capacity = 1;
    });
    let app = dealing.start().await;
    stuck(&app, "Lupe").await;
    let mut beto = app.citizen("Beto");
    beto.asks("me quiero morir").await;
    let rosa = app.member(&[Role::Agent]).await;
    let _open = super::news::Ear::open(&rosa).await;
    app.until("one is dealt", async || !ids(&rosa, "mine").await.is_empty()).await;
    assert_eq!(first(&rosa, "mine").await["priority"], "crisis");
}
