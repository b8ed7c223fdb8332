//! Who supervises: seeing the bot's talks, coming into one, a word at a colleague's ear.

use std::time::Duration;

use serde_json::{Value, json};
use ventanilla::staff::Role;

use super::{
    news::Ear,
    town::{UNDO, claim, close, first, now, path, say, stuck, waiting},
};
use crate::support::{TestApp, staff::Desk};

async fn talks(boss: &Desk<'_>) -> Vec<Value> {
    let (status, listing) = boss.get("/desk/talks").await;
    assert_eq!(status, 200, "{listing}");
    listing["talks"].as_array().unwrap().clone()
}

fn at(talk: &Value, what: &str) -> String {
    format!("/desk/talks/{}{what}", talk["id"].as_str().unwrap())
}

async fn join(boss: &Desk<'_>, talk: &Value, reason: &str) -> (u16, Value) {
    boss.post(&at(talk, "/join"), json!({ "reason": reason })).await
}

const NOTICE: &str = "Ya está contigo una persona";

#[tokio::test]
async fn talks_of_the_bot_are_seen_those_in_trouble_first() {
    let app = TestApp::new().await;
    let boss = app.member(&[Role::Supervisor]).await;
    app.citizen("Ana").asks("hola").await;
    let mut beto = app.citizen("Beto");
    beto.asks("hay un bache en mi calle").await;
    beto.asks("No").await;
    beto.asks("asdf qwer zxcv").await;
    app.citizen("Caro").asks("hay un bache enorme en mi calle").await;
    stuck(&app, "Lupe").await;
    let seen = talks(&boss).await;
    let shown: Vec<_> = seen
        .iter()
        .map(|talk| {
            (talk["person_name"].as_str().unwrap(), talk["missed"] != json!(0), talk["danger"] == json!(true))
        })
        .collect();
    // Caro is asked whether somebody is hurt; Lupe waits at the desk.
    assert_eq!(shown, [("Caro", false, true), ("Beto", true, false), ("Ana", false, false)]);
    assert_eq!(boss.get("/desk/chats").await.1["counts"]["bot"], 3);
    let (_, talk) = boss.get(&at(&seen[1], "")).await;
    assert_eq!((&talk["can_join"], &talk["chat"]), (&json!(true), &json!(null)));
    assert_eq!(talk["packet"]["said"], "asdf qwer zxcv");
    assert_eq!(
        (&talk["flow"], &talk["packet"]["flow"]["id"]),
        (&json!("Reportar un problema"), &json!("detail"))
    );
    assert!(talk["packet"]["slots"].as_array().unwrap().iter().any(|slot| slot["name"] == "category"));
    assert!(talk["lines"].as_array().unwrap().len() >= 6, "{talk}");
    app.advance(Duration::from_secs(31 * 60)).await;
    assert_eq!(talks(&boss).await.len(), 0, "nobody has spoken for half an hour");
}

#[tokio::test]
async fn looking_at_a_talk_is_written_down_and_private_words_are_not_in_the_list() {
    let app = TestApp::new().await;
    let boss = app.member(&[Role::Supervisor]).await;
    let mut caro = app.citizen("Caro");
    caro.asks("quiero denunciar a un policía que me pidió mordida").await;
    let talk = talks(&boss).await.remove(0);
    assert_eq!((&talk["private"], &talk["snippet"]), (&json!(true), &json!("")), "{talk}");
    let audited = || app.count("SELECT COUNT(*) AS n FROM audit WHERE action = 'talk.view'", []);
    assert_eq!(audited().await, 0);
    for _ in 0..2 {
        let (_, talk) = boss.get(&at(&talk, "")).await;
        assert!(talk["snippet"].as_str().unwrap().contains("mordida"), "{talk}");
    }
    assert_eq!(audited().await, 1, "who looks goes on looking");
    app.advance(Duration::from_secs(50)).await;
    boss.get(&at(&talk, "")).await;
    assert_eq!(audited().await, 2);
    assert_eq!(boss.get("/desk/talks/01990000-0000-7000-8000-000000000000").await.0, 404);
}

#[tokio::test]
async fn who_comes_in_silences_the_bot_and_it_goes_on_at_the_exact_step() {
    let app = TestApp::new().await;
    let boss = app.member(&[Role::Supervisor]).await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache enorme en mi calle").await;
    let question = lupe.asks("No").await;
    let talk = talks(&boss).await.remove(0);
    assert_eq!(join(&boss, &talk, " ").await.1["code"], "no_why");
    let (status, chat) = join(&boss, &talk, "Se le ve perdida").await;
    assert_eq!((status, &chat["holder"]["name"]), (200, &json!("Persona 1")), "{chat}");
    let joined = chat["lines"].as_array().unwrap().iter().find(|line| line["kind"] == "joined").unwrap();
    assert_eq!((&joined["text"], &joined["author"]), (&json!("Se le ve perdida"), &json!("Persona 1")));
    let heard = lupe.hears().await;
    assert!(heard.len() == 1 && heard[0].starts_with(NOTICE), "{heard:?}");
    lupe.says("Grande, cabe un auto").await;
    assert_eq!(lupe.hears().await, [""; 0], "the bot is silent");
    assert_eq!(join(&boss, &talk, "otra vez").await.1["code"], "at_desk");
    assert_eq!((talks(&boss).await.len(), waiting(&boss, "mine").await), (0, 1));
    let (_, same) = boss.get(&at(&talk, "")).await;
    assert_eq!((&same["chat"], &same["can_join"]), (&chat["id"], &json!(false)));
    say(&boss, &now(&boss, &chat).await, "Te ayudo yo.").await;
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Te ayudo yo."]);
    assert_eq!(close(&boss, &chat, "resume").await.0, 200);
    app.settle().await;
    assert_eq!(lupe.hears().await.last().unwrap(), &question, "the open question, word for word");
}

#[tokio::test]
async fn who_comes_in_while_the_citizen_writes_loses_nothing_and_says_nothing_twice() {
    let app = TestApp::new().await;
    let boss = app.member(&[Role::Supervisor]).await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache enorme en mi calle").await;
    lupe.asks("No").await;
    let talk = talks(&boss).await.remove(0);
    let ((), (status, chat)) =
        tokio::join!(lupe.says("Grande, cabe un auto"), join(&boss, &talk, "Se ve urgente"));
    assert_eq!(status, 200, "{chat}");
    let heard = lupe.hears().await;
    assert!(heard.last().unwrap().starts_with(NOTICE), "the bot says nothing behind it: {heard:?}");
    assert_eq!(heard.iter().filter(|said| said.starts_with(NOTICE)).count(), 1, "{heard:?}");
    assert!(heard.len() <= 2, "at most the one answer that was first: {heard:?}");
    let lines = now(&boss, &chat).await["lines"].as_array().unwrap().clone();
    assert_eq!(lines.iter().filter(|line| line["text"] == "Grande, cabe un auto").count(), 1);
}

#[tokio::test]
async fn two_who_come_in_at_once_are_one() {
    let app = TestApp::new().await;
    let (boss, chief) = (app.member(&[Role::Supervisor]).await, app.member(&[Role::Supervisor]).await);
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache enorme en mi calle").await;
    let talk = talks(&boss).await.remove(0);
    let (one, other) = tokio::join!(join(&boss, &talk, "voy"), join(&chief, &talk, "voy"));
    let mut statuses = [one.0, other.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{one:?} {other:?}");
    assert_eq!(lupe.hears().await.len(), 1);
}

#[tokio::test]
async fn nobody_comes_into_a_call() {
    let app = TestApp::new().await;
    let boss = app.member(&[Role::Supervisor]).await;
    let mut caller = app.caller("Lupe");
    caller.hears().await;
    caller.call().say("hay un bache en mi calle", Some(0.9)).unwrap();
    app.settle().await;
    let talk = talks(&boss).await.remove(0);
    let (_, seen) = boss.get(&at(&talk, "")).await;
    assert_eq!((&seen["channel"], &seen["can_join"]), (&json!("voice"), &json!(false)));
    assert_eq!(join(&boss, &talk, "voy").await.1["code"], "on_call");
    caller.hangs_up().await;
}

#[tokio::test]
async fn supervisors_hear_of_the_bots_talks_and_agents_do_not() {
    let app = TestApp::new().await;
    let (rosa, boss) = (app.member(&[Role::Agent]).await, app.member(&[Role::Supervisor]).await);
    let (mut hers, mut boss_hears) = (Ear::open(&rosa).await, Ear::open(&boss).await);
    app.citizen("Lupe").asks("hola").await;
    let people = boss_hears.hears("talks").await["people"].clone();
    assert_eq!(people, json!([talks(&boss).await[0]["id"]]));
    stuck(&app, "Beto").await;
    hers.hears_first("new", "talks").await;
    assert_eq!(rosa.get("/desk/talks").await.0, 403);
    assert_eq!(rosa.get("/desk/chats").await.1["counts"]["bot"], 0);
}

#[tokio::test]
async fn a_whisper_is_for_who_attends_and_loud() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let (rosa, boss) = (app.member(&[Role::Agent]).await, app.member(&[Role::Supervisor]).await);
    let chat = first(&rosa, "unanswered").await;
    let whisper =
        async |by: &Desk<'_>, text: &str| by.post(&path(&chat, "/whispers"), json!({ "text": text })).await;
    assert_eq!(whisper(&boss, "¿Quién la toma?").await.1["code"], "nobody_attends");
    claim(&rosa, &chat).await;
    let mut hers = Ear::open(&rosa).await;
    assert_eq!(now(&boss, &chat).await["can"]["whisper"], true);
    let (status, line) = whisper(&boss, "Pregúntale por el folio.").await;
    assert_eq!((status, &line["kind"], &line["who"]), (200, &json!("whisper"), &json!("note")), "{line}");
    assert_eq!(hers.hears("whisper").await["chat"], chat["id"]);
    let seen = now(&rosa, &chat).await;
    let last = seen["lines"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["text"], &last["author"]), (&json!("Pregúntale por el folio."), &json!("Persona 2")));
    assert_eq!(seen["can"]["whisper"], false);
    for wrong in ["", &"a".repeat(4001)] {
        assert_eq!(whisper(&boss, wrong).await.0, 422);
    }
    assert_eq!(whisper(&rosa, "yo misma").await.0, 403);
    app.advance(UNDO).await;
    assert!(lupe.hears().await.is_empty(), "the citizen hears nothing of it");
}
