//! From the citizen who wants a person to the bot that goes on.

use std::time::Duration;

use serde_json::json;
use ventanilla::staff::Role;

use super::town::{UNDO, claim, close, first, now, path, say, stuck, waiting};
use crate::support::TestApp;

#[tokio::test]
async fn the_citizen_never_repeats_and_the_bot_goes_on_at_the_exact_step() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache enorme en mi calle").await;
    let question = lupe.asks("No").await;
    lupe.asks("quiero hablar con una persona").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = first(&rosa, "unanswered").await;
    assert_eq!(
        (&chat["state"], &chat["channel"], &chat["priority"]),
        (&json!("unanswered"), &json!("whatsapp"), &json!("normal"))
    );
    let chat = claim(&rosa, &chat).await;
    let packet = &chat["packet"];
    assert_eq!(packet["said"], "quiero hablar con una persona");
    assert_eq!(packet["intents"][0]["name"], "chat.agent");
    assert!(packet["slots"].as_array().unwrap().iter().any(|slot| slot["name"] == "category"), "{packet}");
    assert_eq!(packet["window"]["open"], true);
    let said: Vec<_> = chat["lines"].as_array().unwrap().iter().map(|line| &line["who"]).collect();
    assert_eq!(said.first().unwrap(), &"citizen");
    let (status, answer) = say(&rosa, &chat, "Hola, soy Rosa. ¿En qué te ayudo?").await;
    assert_eq!(status, 200, "{answer}");
    assert!(lupe.hears().await.is_empty(), "it can still be taken back");
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Hola, soy Rosa. ¿En qué te ayudo?"]);
    lupe.says("nada más que sí lo arreglen").await;
    assert_eq!(lupe.hears().await, [""; 0], "the bot is silent");
    let (status, closed) = close(&rosa, &chat, "resume").await;
    assert_eq!((status, &closed["state"]), (200, &json!("closed")), "{closed}");
    app.settle().await;
    let heard = lupe.hears().await;
    assert_eq!(heard.last().unwrap(), &question, "the open question, word for word");
}

#[tokio::test]
async fn two_who_answer_at_once_are_one_answer() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let chat = first(&rosa, "unanswered").await;
    let (one, other) = tokio::join!(say(&rosa, &chat, "Soy Rosa."), say(&ana, &chat, "Soy Ana."));
    let mut statuses = [one.0, other.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{one:?} {other:?}");
    let refused = if one.0 == 409 { one.1 } else { other.1 };
    assert!(["taken", "stale"].contains(&refused["code"].as_str().unwrap()), "{refused}");
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await.len(), 1);
}

#[tokio::test]
async fn what_is_taken_back_was_never_sent() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let (_, wrong) = say(&rosa, &chat, "Para otra persona.").await;
    let line = wrong["message"]["id"].as_str().unwrap().to_owned();
    let (status, _) = rosa.delete(&path(&chat, &format!("/messages/{line}"))).await;
    assert_eq!(status, 204);
    let (_, right) = say(&rosa, &now(&rosa, &chat).await, "Para ti.").await;
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Para ti."]);
    let sent = right["message"]["id"].as_str().unwrap();
    let (status, late) = rosa.delete(&path(&chat, &format!("/messages/{sent}"))).await;
    assert_eq!((status, &late["code"]), (410, &json!("gone")), "{late}");
    let now = now(&rosa, &chat).await;
    let lines = now["lines"].as_array().unwrap();
    assert!(!lines.iter().any(|line| line["text"] == "Para otra persona."));
    let answer = lines.iter().find(|line| line["text"] == "Para ti.").unwrap();
    assert_eq!(
        (&answer["who"], &answer["author"], &answer["delivery"]),
        (&json!("agent"), &json!("Persona 1"), &json!("delivered"))
    );
}

#[tokio::test]
async fn a_note_is_for_colleagues() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let (status, note) = ana.post(&path(&chat, "/notes"), json!({ "text": "Ya llamó ayer." })).await;
    assert_eq!((status, &note["who"], &note["kind"]), (200, &json!("note"), &json!("note")), "{note}");
    assert_eq!(ana.post(&path(&chat, "/notes"), json!({ "text": "  " })).await.0, 422);
    app.advance(UNDO).await;
    assert!(lupe.hears().await.is_empty());
    let seen = now(&rosa, &chat).await;
    assert!(seen["lines"].as_array().unwrap().iter().any(|line| line["text"] == "Ya llamó ayer."));
    assert_eq!(seen["version"], chat["version"], "nobody's answer is refused for a note");
}

#[tokio::test]
async fn a_place_is_asked_for_with_what_the_channel_has_for_it() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    assert_eq!(chat["can"]["ask"], json!(["location", "photo", "contact"]));
    let body = json!({ "version": chat["version"], "what": "location" });
    assert_eq!(rosa.post(&path(&chat, "/ask"), body).await.0, 200);
    app.advance(UNDO).await;
    assert!(lupe.hears().await[0].contains("ubicación"));
    lupe.sends_pin(20.9702, -89.6236).await;
    assert!(lupe.hears().await.is_empty());
    let pin = now(&rosa, &chat).await["lines"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&pin["kind"], &pin["place"]["lat"]), (&json!("location"), &json!(20.9702)));
}

#[tokio::test]
async fn a_chat_is_given_back_at_the_menu_with_a_flow_or_in_silence() {
    let app = TestApp::new().await;
    let rosa = app.member(&[Role::Agent]).await;
    for (name, then, flow, heard) in [
        ("Lupe", "menu", "", Some("¿Qué necesitas?")),
        ("Beto", "flow", "status", Some("folio")),
        ("Caro", "nothing", "", None),
    ] {
        let mut citizen = stuck(&app, name).await;
        let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
        let body = json!({ "version": chat["version"], "then": then, "flow": flow });
        let (status, closed) = rosa.post(&path(&chat, "/close"), body).await;
        assert_eq!(status, 200, "{closed}");
        app.settle().await;
        let said = citizen.hears().await.join("\n");
        match heard {
            Some(words) => assert!(said.contains(words), "{then}: {said}"),
            None => {
                assert_eq!(said, "");
                assert!(!citizen.asks("hola").await.contains("Dónde"), "nothing is open any more");
            }
        }
    }
    assert_eq!((waiting(&rosa, "mine").await, waiting(&rosa, "history").await), (0, 3));
}

#[tokio::test]
async fn bad_words_change_nothing() {
    let app = TestApp::new().await;
    stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = first(&rosa, "unanswered").await;
    for text in ["", "   ", &"a".repeat(5000)] {
        assert_eq!(say(&rosa, &chat, text).await.0, 422);
    }
    let unknown = json!({ "version": chat["version"], "then": "flow", "flow": "no_such" });
    assert_eq!(rosa.post(&path(&chat, "/close"), unknown).await.0, 422);
    let nobody = json!({ "version": chat["version"], "to": { "department": "no_such" } });
    assert_eq!(rosa.post(&path(&chat, "/transfer"), nobody).await.0, 422);
    assert_eq!(rosa.get("/desk/chats/not-an-id").await.0, 404);
    assert_eq!(now(&rosa, &chat).await["version"], chat["version"]);
}

#[tokio::test]
async fn a_restart_with_both_signed_in_loses_nothing() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    assert_eq!(say(&rosa, &chat, "Ya lo veo.").await.0, 200);
    app.restart().await;
    app.advance(UNDO + Duration::from_secs(1)).await;
    assert_eq!(lupe.hears().await, ["Ya lo veo."], "what was written is sent");
    lupe.says("gracias").await;
    assert!(lupe.hears().await.is_empty(), "the bot is still silent");
    assert_eq!(first(&rosa, "mine").await["id"], chat["id"]);
    assert_eq!(say(&ana, &now(&ana, &chat).await, "Yo también.").await.1["code"], "taken");
}
