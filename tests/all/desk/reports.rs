//! Reports that an agent files from a chat.

use serde_json::{Value, json};
use ventanilla::staff::Role;

use super::town::{UNDO, claim, first, now, path};
use crate::support::{TestApp, citizen::Citizen, staff::Desk};

/// Somebody who told of a pothole, showed it, and wants a person.
async fn told<'a>(app: &'a TestApp) -> Citizen<'a> {
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache enorme frente a la escuela de mi hija").await;
    lupe.asks("quiero hablar con una persona").await;
    lupe
}

async fn file(desk: &Desk<'_>, chat: &Value, changes: Value) -> (u16, Value) {
    let version = now(desk, chat).await["version"].clone();
    let place = json!({ "text": "Calle 20 por 15", "lat": 18.9252, "lon": -91.1145 });
    let mut body =
        json!({ "version": version, "category": "pothole", "description": "Bache enorme", "place": place });
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    desk.post(&path(chat, "/report"), body).await
}

#[tokio::test]
async fn the_form_knows_what_was_said_and_the_citizen_is_told_as_the_bot_does() {
    let app = TestApp::new().await;
    let mut lupe = told(&app).await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    lupe.sends_photo().await;
    lupe.sends_pin(18.9252, -91.1145).await;
    lupe.hears().await;
    let (status, form) = rosa.get(&path(&chat, "/report?lang=es")).await;
    assert_eq!((status, &form["category"]), (200, &json!("pothole")), "{form}");
    assert_eq!(form["description"], "hay un bache enorme frente a la escuela de mi hija");
    assert_eq!(form["place"]["lat"], json!(18.9252));
    let photo = form["photos"][0].clone();
    let (status, filed) = file(&rosa, &chat, json!({ "photo": photo, "place": form["place"] })).await;
    assert_eq!(status, 200, "{filed}");
    let heard = lupe.hears().await.join("\n");
    let folio = filed["folio"].as_str().unwrap();
    assert!(heard.starts_with(&format!("¡Listo! Tu folio es *{folio}* y tu PIN es *")), "{heard}");
    let pin = heard.split('*').nth(3).unwrap().to_owned();
    let seen = now(&rosa, &chat).await;
    assert_eq!(seen["packet"]["folios"][0]["folio"], json!(folio));
    assert!(!seen.to_string().contains(&pin), "nobody else learns the PIN");
    let lines = seen["lines"].as_array().unwrap();
    assert!(lines.iter().any(|line| line["kind"] == "filed" && line["text"] == json!(folio)));
    let unlocked =
        app.post(&format!("/api/v1/reports/{folio}/unlock")).json(&json!({ "pin": pin })).send().await;
    let unlocked: Value = unlocked.unwrap().json().await.unwrap();
    assert!(unlocked.to_string().contains("Bache enorme"), "{unlocked}");
}

#[tokio::test]
async fn a_form_that_is_not_right_files_nothing() {
    let app = TestApp::new().await;
    let _lupe = told(&app).await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let nowhere = "01990000-0000-7000-8000-000000000000";
    for (changes, code) in [
        (json!({ "category": "no_such" }), "no_category"),
        (json!({ "place": { "text": " " } }), "no_place"),
        (json!({ "place": { "text": "", "lat": 19.43, "lon": -99.13 } }), "place_outside"),
        (json!({ "place": { "text": "", "lat": 1900.0, "lon": 0.0 } }), "no_place"),
        (json!({ "description": "a".repeat(1001) }), "report_too_long"),
        (json!({ "photo": nowhere }), "no_photo"),
        (json!({ "details": { "no_such": "x" } }), "no_detail"),
        (json!({ "version": 999 }), "stale"),
    ] {
        let (status, refused) = file(&rosa, &chat, changes).await;
        assert_eq!(refused["code"], json!(code), "{status} {refused}");
    }
    assert_eq!(file(&ana, &chat, json!({})).await.1["code"], "taken");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM reports", []).await, 0);
    app.advance(UNDO).await;
}

#[tokio::test]
async fn what_is_told_in_the_chat_is_added_to_an_open_report_of_theirs() {
    let app = TestApp::new().await;
    let mut lupe = told(&app).await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    lupe.sends_photo().await;
    lupe.hears().await;
    let (_, filed) = file(&rosa, &chat, json!({})).await;
    let folio = filed["folio"].as_str().unwrap();
    lupe.hears().await;
    let (_, form) = rosa.get(&path(&chat, "/report?lang=es")).await;
    assert_eq!(form["open"][0]["folio"], json!(folio), "{form}");
    assert_eq!(form["open"][0]["state_label"], json!("Recibido"));
    let append = async |changes: Value| {
        let version = now(&rosa, &chat).await["version"].clone();
        let mut body = json!({ "version": version, "folio": folio, "words": "", "photo": null });
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        rosa.post(&path(&chat, "/report/append"), body).await
    };
    for (changes, code) in [
        (json!({}), "nothing_said"),
        (json!({ "words": "a".repeat(1001) }), "report_too_long"),
        (json!({ "words": "x", "folio": "PC-0000-0013" }), "no_report"),
        (json!({ "photo": "01990000-0000-7000-8000-000000000000" }), "no_photo"),
        (json!({ "words": "x", "version": 999 }), "stale"),
    ] {
        let (status, refused) = append(changes).await;
        assert_eq!(refused["code"], json!(code), "{status} {refused}");
    }
    let (status, done) = append(json!({ "words": "Ya son dos hoyos", "photo": form["photos"][0] })).await;
    assert_eq!(status, 200, "{done}");
    let said = "SELECT text AS t FROM report_words WHERE kind = 'citizen'";
    assert_eq!(app.texts(said).await, ["Ya son dos hoyos"]);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM report_photos", []).await, 1);
    let lines = now(&rosa, &chat).await["lines"].as_array().unwrap().clone();
    assert!(lines.iter().any(|line| line["kind"] == "appended" && line["text"] == json!(folio)));
    let audit = "SELECT COUNT(*) AS n FROM audit WHERE action = 'chat.appended'";
    assert_eq!(app.count(audit, []).await, 1);
}
