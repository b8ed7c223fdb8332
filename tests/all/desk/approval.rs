//! Answers that a supervisor reads first: nothing of them reaches the citizen before.

use std::time::Duration;

use serde_json::{Value, json};
use ventanilla::staff::Role;

use super::{
    news::Ear,
    town::{UNDO, bring, claim, close, first, now, path, say, stuck, waiting},
};
use crate::support::{TestApp, citizen::PHOTO, staff::Desk};

/// An agent whose answers are read first.
async fn trainee<'a>(app: &'a TestApp, boss: &Desk<'_>) -> Desk<'a> {
    let luis = app.member(&[Role::Agent]).await;
    let at = format!("/desk/colleagues/{}/supervised", luis.id);
    assert_eq!(boss.put(&at, json!({ "supervised": true })).await.0, 204);
    luis
}

/// What waits in a chat, as the supervisor sees it: the chat and the path of the proposal.
async fn proposal(boss: &Desk<'_>) -> (Value, String) {
    let chat = first(boss, "approval").await;
    let at = path(&chat, &format!("/proposals/{}", chat["proposal"]["id"].as_str().unwrap()));
    (chat, at)
}

async fn approve(boss: &Desk<'_>, text: Option<&str>) -> (u16, Value) {
    let (chat, at) = proposal(boss).await;
    boss.post(&format!("{at}/approve"), json!({ "version": chat["version"], "text": text })).await
}

fn proposals(chat: &Value) -> Vec<Value> {
    let lines = chat["lines"].as_array().unwrap().iter();
    lines.filter(|line| line["kind"] == "proposal").cloned().collect()
}

#[tokio::test]
async fn what_a_trainee_writes_is_sent_when_a_supervisor_approves_it_as_they_changed_it() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let boss = app.member(&[Role::Supervisor]).await;
    let luis = trainee(&app, &boss).await;
    let chat = claim(&luis, &first(&luis, "unanswered").await).await;
    assert_eq!((&chat["can"]["proposes"], &chat["can"]["approve"]), (&json!(true), &json!(false)));
    let (status, said) = say(&luis, &chat, "Mañana lo arreglamos.").await;
    assert_eq!((status, &said["message"]["kind"]), (200, &json!("proposal")), "{said}");
    app.advance(Duration::from_secs(60)).await;
    app.restart().await;
    app.advance(UNDO).await;
    assert!(lupe.hears().await.is_empty(), "nothing sends it, also not after a crash");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM outbox WHERE author = 'agent'", []).await, 0);
    let (_, listing) = boss.get("/desk/chats?queue=approval").await;
    assert_eq!(listing["counts"]["approval"], 1);
    let draft = &listing["chats"][0]["proposal"];
    assert_eq!((&draft["text"], &draft["news"]), (&json!("Mañana lo arreglamos."), &json!(false)));
    let (status, after) = approve(&boss, Some("Esta semana lo arreglamos.")).await;
    assert_eq!(status, 200, "{after}");
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Esta semana lo arreglamos."]);
    let seen = now(&luis, &chat).await;
    let kept = &proposals(&seen)[0];
    assert_eq!(
        (&kept["text"], &kept["proposal"]["sent_text"], &kept["proposal"]["decided_by"]),
        (&json!("Mañana lo arreglamos."), &json!("Esta semana lo arreglamos."), &json!("Persona 1"))
    );
    let answer = seen["lines"].as_array().unwrap().iter().find(|line| line["who"] == "agent").unwrap();
    assert_eq!(answer["author"], "Persona 2", "in its author's name");
    assert_eq!((&seen["state"], waiting(&boss, "approval").await), (&json!("waiting"), 0));
    let acts = app
        .texts("SELECT action AS t FROM audit WHERE action LIKE 'chat.%prove%' OR action = 'chat.propose'");
    assert_eq!(acts.await, ["chat.propose", "chat.approve_changed"]);
}

#[tokio::test]
async fn what_came_meanwhile_is_marked_and_it_can_still_be_approved() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let boss = app.member(&[Role::Supervisor]).await;
    let luis = trainee(&app, &boss).await;
    let chat = claim(&luis, &first(&luis, "unanswered").await).await;
    let mut boss_hears = Ear::open(&boss).await;
    say(&luis, &chat, "Hola").await;
    boss_hears.hears("queue").await;
    app.advance(Duration::from_secs(1)).await;
    lupe.says("¿hay alguien?").await;
    app.settle().await;
    let (row, _) = proposal(&boss).await;
    assert_eq!(row["proposal"]["news"], true, "{row}");
    assert_eq!(approve(&boss, None).await.0, 200);
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Hola"]);
    let kept = &proposals(&now(&luis, &chat).await)[0]["proposal"];
    assert_eq!((&kept["sent_text"], &kept["state"]), (&json!(null), &json!("approved")));
}

#[tokio::test]
async fn what_is_given_back_comes_with_a_reason_and_is_never_sent() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let boss = app.member(&[Role::Supervisor]).await;
    let luis = trainee(&app, &boss).await;
    let chat = claim(&luis, &first(&luis, "unanswered").await).await;
    let mut hers = Ear::open(&luis).await;
    say(&luis, &chat, "No sé.").await;
    let (row, at) = proposal(&boss).await;
    let body = |reason: &str| json!({ "version": row["version"], "reason": reason });
    assert_eq!(boss.post(&format!("{at}/return"), body(" ")).await.1["code"], "no_why");
    assert_eq!(luis.post(&format!("{at}/return"), body("no")).await.0, 403, "nobody decides their own");
    assert_eq!(luis.post(&format!("{at}/approve"), json!({ "version": row["version"] })).await.0, 403);
    assert_eq!(boss.post(&format!("{at}/return"), body("Saluda primero.")).await.0, 200);
    assert_eq!(hers.hears("chat").await["id"], chat["id"]);
    let kept = proposals(&now(&luis, &chat).await).remove(0);
    assert_eq!(
        (&kept["proposal"]["state"], &kept["proposal"]["reason"], &kept["proposal"]["mine"]),
        (&json!("returned"), &json!("Saluda primero."), &json!(true))
    );
    let late = json!({ "version": now(&boss, &chat).await["version"] });
    assert_eq!(boss.post(&format!("{at}/approve"), late).await.1["code"], "decided");
    app.advance(UNDO).await;
    assert!(lupe.hears().await.is_empty());
}

#[tokio::test]
async fn two_who_decide_at_once_decide_once() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let (boss, chief) = (app.member(&[Role::Supervisor]).await, app.member(&[Role::Supervisor]).await);
    let luis = trainee(&app, &boss).await;
    let chat = claim(&luis, &first(&luis, "unanswered").await).await;
    say(&luis, &chat, "Hola").await;
    let (row, at) = proposal(&boss).await;
    let body = json!({ "version": row["version"] });
    let at = format!("{at}/approve");
    let (one, other) = tokio::join!(boss.post(&at, body.clone()), chief.post(&at, body.clone()));
    let mut statuses = [one.0, other.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{one:?} {other:?}");
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Hola"]);
    assert_eq!(say(&luis, &chat, "otra vez").await.1["code"], "stale", "their page is old too");
}

#[tokio::test]
async fn an_approval_can_be_taken_back_and_waits_again() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let boss = app.member(&[Role::Supervisor]).await;
    let luis = trainee(&app, &boss).await;
    let chat = claim(&luis, &first(&luis, "unanswered").await).await;
    say(&luis, &chat, "Hola").await;
    let line = async |desk: &Desk<'_>| {
        let (_, seen) = approve(&boss, None).await;
        let seen = if desk.id == boss.id { seen } else { now(desk, &chat).await };
        let line =
            seen["lines"].as_array().unwrap().iter().find(|line| line["who"] == "agent").unwrap().clone();
        assert!(line["undo_until"].is_number(), "{line}");
        path(&chat, &format!("/messages/{}", line["id"].as_str().unwrap()))
    };
    assert_eq!(boss.delete(&line(&boss).await).await.0, 204);
    assert_eq!(waiting(&boss, "approval").await, 1, "who approved it decides again");
    assert_eq!(luis.delete(&line(&luis).await).await.0, 204);
    assert_eq!(waiting(&boss, "approval").await, 0, "who wrote it thought better of it");
    app.advance(UNDO).await;
    assert!(lupe.hears().await.is_empty());
    assert_eq!(proposals(&now(&luis, &chat).await)[0]["proposal"]["state"], "withdrawn");
}

#[tokio::test]
async fn who_wrote_it_may_withdraw_it_and_nobody_else() {
    let app = TestApp::new().await;
    stuck(&app, "Lupe").await;
    let boss = app.member(&[Role::Supervisor]).await;
    let luis = trainee(&app, &boss).await;
    let ana = app.member(&[Role::Agent]).await;
    let chat = claim(&luis, &first(&luis, "unanswered").await).await;
    say(&luis, &chat, "Hola").await;
    let (_, at) = proposal(&boss).await;
    assert_eq!(ana.delete(&at).await.1["code"], "decided");
    assert_eq!(luis.delete(&at).await.0, 204);
    assert_eq!(luis.delete(&at).await.0, 410);
    assert_eq!(waiting(&boss, "approval").await, 0);
    assert_eq!(ana.get("/desk/chats?queue=approval").await.0, 403);
    assert_eq!(luis.delete(&path(&chat, "/proposals/nothing")).await.0, 404);
}

#[tokio::test]
async fn nobody_waits_for_approval_in_a_crisis() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("me quiero morir").await;
    let boss = app.member(&[Role::Supervisor]).await;
    let luis = trainee(&app, &boss).await;
    let chat = claim(&luis, &first(&luis, "unanswered").await).await;
    assert_eq!((&chat["priority"], &chat["can"]["proposes"]), (&json!("crisis"), &json!(false)));
    assert_eq!(say(&luis, &chat, "Aquí estoy contigo.").await.1["message"]["kind"], "text");
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Aquí estoy contigo."]);
}

#[tokio::test]
async fn on_chosen_matters_everybody_is_read_first_but_who_supervises() {
    let chosen =
        TestApp::builder().configure(|config| config.desk.approve_intents = vec!["chat.agent".to_owned()]);
    let app = chosen.start().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let (rosa, boss) = (app.member(&[Role::Agent]).await, app.member(&[Role::Supervisor]).await);
    let chat = first(&rosa, "unanswered").await;
    let (status, said) = say(&rosa, &chat, "¿Me mandas tu ubicación?").await;
    assert_eq!((status, &said["message"]["kind"]), (200, &json!("proposal")), "who answers takes it: {said}");
    assert_eq!(now(&rosa, &chat).await["holder"]["name"], "Persona 1");
    lupe.says("¿sigues ahí?").await;
    assert!(lupe.hears().await.is_empty(), "the bot is silent: a person has it");
    assert_eq!(approve(&boss, None).await.0, 200);
    app.advance(UNDO).await;
    assert!(lupe.hears().await[0].contains("ubicación"));
    let asked = json!({ "version": now(&rosa, &chat).await["version"], "what": "photo" });
    let (_, said) = rosa.post(&path(&chat, "/ask"), asked).await;
    assert_eq!(said["message"]["kind"], "text", "the town's own words go at once: {said}");
    app.advance(UNDO).await;
    assert!(lupe.hears().await[0].contains("foto"));
    let over =
        json!({ "version": now(&boss, &chat).await["version"], "take_over": true, "reason": "sigo yo" });
    let chat = boss.post(&path(&chat, "/claim"), over).await.1;
    assert_eq!(say(&boss, &chat, "Soy Marta.").await.1["message"]["kind"], "text");
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Soy Marta."]);
}

#[tokio::test]
async fn what_waited_when_the_chat_was_closed_is_over() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let boss = app.member(&[Role::Supervisor]).await;
    let luis = trainee(&app, &boss).await;
    let chat = claim(&luis, &first(&luis, "unanswered").await).await;
    say(&luis, &chat, "Hola").await;
    let (_, at) = proposal(&boss).await;
    assert_eq!(close(&luis, &chat, "nothing").await.0, 200);
    assert_eq!(waiting(&boss, "approval").await, 0);
    let late = json!({ "version": now(&boss, &chat).await["version"] });
    assert_eq!(boss.post(&format!("{at}/approve"), late).await.1["code"], "closed");
    assert_eq!(proposals(&now(&luis, &chat).await)[0]["proposal"]["over"], true);
    app.advance(UNDO).await;
    assert!(lupe.hears().await.is_empty());
}

#[tokio::test]
async fn who_approves_where_nobody_attends_any_more_takes_the_chat() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let boss = app.member(&[Role::Supervisor]).await;
    let luis = trainee(&app, &boss).await;
    let chat = claim(&luis, &first(&luis, "unanswered").await).await;
    say(&luis, &chat, "Hola").await;
    let back = json!({ "version": now(&luis, &chat).await["version"], "to": { "queue": true } });
    assert_eq!(luis.post(&path(&chat, "/transfer"), back).await.0, 200);
    let (status, after) = approve(&boss, None).await;
    assert_eq!((status, &after["holder"]["name"]), (200, &json!("Persona 1")), "{after}");
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Hola"]);
}

#[tokio::test]
async fn an_empty_approval_is_refused_and_nothing_is_lost() {
    let app = TestApp::new().await;
    stuck(&app, "Lupe").await;
    let boss = app.member(&[Role::Supervisor]).await;
    let luis = trainee(&app, &boss).await;
    let chat = claim(&luis, &first(&luis, "unanswered").await).await;
    assert_eq!(say(&luis, &chat, " ").await.1["code"], "nothing_said");
    say(&luis, &chat, "Hola").await;
    for (text, code) in [("  ", "nothing_said"), (&"a".repeat(4097), "too_long")] {
        assert_eq!(approve(&boss, Some(text)).await.1["code"], code);
    }
    assert_eq!(waiting(&boss, "approval").await, 1);
}

#[tokio::test]
async fn a_file_waits_with_its_answer_and_is_free_again_when_it_comes_back() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let boss = app.member(&[Role::Supervisor]).await;
    let luis = trainee(&app, &boss).await;
    let chat = claim(&luis, &first(&luis, "unanswered").await).await;
    let file = bring(&luis, &chat, "plano.png", PHOTO).await.1;
    let send = async || {
        let seen = now(&luis, &chat).await;
        let body = json!({ "version": seen["version"], "text": "", "attachment": file["id"] });
        luis.post(&path(&seen, "/messages"), body).await
    };
    let (status, said) = send().await;
    assert_eq!((status, &said["message"]["media"]["name"]), (200, &json!("plano.png")), "{said}");
    let (status, again) = send().await;
    assert_eq!((status, &again["code"]), (422, &json!("no_file")), "it goes once");
    let (row, at) = proposal(&boss).await;
    let back = json!({ "version": row["version"], "reason": "Di qué se ve" });
    assert_eq!(boss.post(&format!("{at}/return"), back).await.0, 200);
    assert_eq!(send().await.0, 200, "it may be proposed again");
    assert_eq!(approve(&boss, Some("Por aquí se entra.")).await.0, 200);
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Por aquí se entra."]);
    let sent = app.count("SELECT COUNT(*) AS n FROM outbox WHERE message_json LIKE '%plano.png%'", []).await;
    assert_eq!(sent, 1);
}
