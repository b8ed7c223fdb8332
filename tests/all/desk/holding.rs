//! Who attends: taking over, passing on, and what becomes of the chats of who goes.

use serde_json::json;
use ventanilla::staff::Role;

use super::town::{UNDO, claim, first, now, path, say, stuck, waiting};
use crate::support::TestApp;

#[tokio::test]
async fn nobody_answers_for_a_colleague_without_taking_over_and_saying_why() {
    let app = TestApp::new().await;
    stuck(&app, "Lupe").await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let (status, refused) = say(&ana, &chat, "Hola").await;
    assert_eq!((status, &refused["code"], &refused["holder"]), (409, &json!("taken"), &json!("Persona 1")));
    let seen = now(&ana, &chat).await;
    assert_eq!((&seen["can"]["write"], &seen["can"]["take_over"]), (&json!(false), &json!(true)));
    let over = |reason: &str| json!({ "version": chat["version"], "take_over": true, "reason": reason });
    assert_eq!(ana.post(&path(&chat, "/claim"), over(" ")).await.0, 422, "she must say why");
    let (status, taken) = ana.post(&path(&chat, "/claim"), over("Rosa salió a comer")).await;
    assert_eq!((status, &taken["holder"]["name"]), (200, &json!("Persona 2")), "{taken}");
    let line = taken["lines"].as_array().unwrap().last().unwrap();
    assert_eq!((&line["kind"], &line["text"]), (&json!("taken_over"), &json!("Rosa salió a comer")));
    let (status, refused) = say(&rosa, &chat, "Hola").await;
    assert_eq!((status, &refused["code"]), (409, &json!("taken")), "Rosa's page is old: {refused}");
}

#[tokio::test]
async fn who_saw_an_older_chat_is_told_to_look_again() {
    let app = TestApp::new().await;
    stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let old = first(&rosa, "unanswered").await;
    claim(&rosa, &old).await;
    let (status, refused) = say(&rosa, &old, "Hola").await;
    assert_eq!((status, &refused["code"]), (409, &json!("stale")), "{refused}");
    app.advance(UNDO).await;
}

#[tokio::test]
async fn a_department_gets_what_is_passed_on_to_it_and_sees_nothing_else() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    stuck(&app, "Beto").await;
    let rosa = app.member(&[Role::Agent]).await;
    let water = app.member_of(&[Role::Department], &["water"]).await;
    let works = app.member_of(&[Role::Department], &["public_works"]).await;
    assert_eq!(waiting(&water, "unanswered").await, 0);
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let to = json!({ "version": chat["version"], "to": { "department": "water" }, "note": "Es una fuga." });
    let (status, passed) = rosa.post(&path(&chat, "/transfer"), to).await;
    assert_eq!((status, &passed["department"]), (200, &json!("water")), "{passed}");
    assert_eq!(first(&water, "unanswered").await["id"], chat["id"]);
    assert_eq!(works.get(&path(&chat, "")).await.0, 404);
    let seen = now(&water, &chat).await;
    let line = seen["lines"].as_array().unwrap().last().unwrap();
    assert!(
        line["kind"] == "transferred" && line["text"].as_str().unwrap().ends_with(": Es una fuga."),
        "{line}"
    );
    assert_eq!(say(&water, &seen, "Vamos para allá.").await.0, 200);
    app.advance(UNDO).await;
    let heard = lupe.hears().await;
    assert!(heard[0].starts_with("Tu caso pasó a: "), "{heard:?}");
    assert_eq!(heard[1..], ["Vamos para allá."]);
    let chat = now(&water, &chat).await;
    let same = json!({ "version": chat["version"], "to": { "department": "water" } });
    assert_eq!(water.post(&path(&chat, "/transfer"), same).await.0, 200);
    assert_eq!(lupe.hears().await, [""; 0], "it is where it was");
}

#[tokio::test]
async fn a_chat_is_passed_on_to_who_attends_chats() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let editor = app.member(&[Role::Editor]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let to = |id| json!({ "version": chat["version"], "to": { "staff": id } });
    assert_eq!(rosa.post(&path(&chat, "/transfer"), to(editor.id)).await.0, 422);
    assert_eq!(rosa.post(&path(&chat, "/transfer"), to(ana.id)).await.0, 200);
    assert_eq!(first(&ana, "mine").await["id"], chat["id"]);
    assert_eq!(waiting(&rosa, "mine").await, 0);
    let heard = lupe.hears().await;
    assert!(heard.len() == 1 && heard[0].starts_with("Ahora te atiende otra persona"), "{heard:?}");
    let chat = now(&ana, &chat).await;
    let back = json!({ "version": chat["version"], "to": { "queue": true } });
    assert_eq!(ana.post(&path(&chat, "/transfer"), back).await.0, 200);
    assert_eq!(lupe.hears().await, [""; 0], "they wait where they waited");
}

#[tokio::test]
async fn the_chats_of_who_goes_wait_for_another() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let admin = app.member(&[Role::Admin]).await;
    claim(&rosa, &first(&rosa, "unanswered").await).await;
    let (status, said) = admin.patch(&format!("/staff/{}", rosa.id), json!({ "active": false })).await;
    assert_eq!(status, 200, "{said}");
    assert_eq!(rosa.get("/desk/chats").await.1["code"], "signed_out", "at once");
    assert_eq!(first(&ana, "unanswered").await["holder"], json!(null));
    assert!(!lupe.asks("¿hola?").await.is_empty(), "until somebody takes it the bot answers again");
}

#[tokio::test]
async fn a_role_that_is_taken_away_in_the_middle_counts_at_once() {
    let app = TestApp::new().await;
    stuck(&app, "Lupe").await;
    let (rosa, admin) = (app.member(&[Role::Agent]).await, app.member(&[Role::Admin]).await);
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    admin.patch(&format!("/staff/{}", rosa.id), json!({ "roles": ["auditor"] })).await;
    let (status, refused) = say(&rosa, &chat, "Hola").await;
    assert_eq!((status, &refused["code"]), (403, &json!("forbidden")), "{refused}");
}
