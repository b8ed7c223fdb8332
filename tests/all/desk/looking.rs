//! What the desk shows besides chats: files, previews, canned replies, colleagues, figures, and the trace of it all.

use serde_json::json;
use ventanilla::staff::Role;

use super::town::{UNDO, claim, first, now, path, say, stuck};
use crate::support::TestApp;

#[tokio::test]
async fn a_photo_is_seen_by_who_may_see_the_chat() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let water = app.member_of(&[Role::Department], &["water"]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    lupe.sends_photo().await;
    app.advance(UNDO).await;
    let seen = now(&rosa, &chat).await;
    let photo = seen["lines"].as_array().unwrap().iter().rfind(|line| line["kind"] == "image").unwrap();
    let file = format!("/desk/media/{}", photo["media"]["id"].as_str().unwrap());
    let answer = rosa.request(reqwest::Method::GET, &file).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (200, &"image/png".parse().unwrap())
    );
    assert_eq!(water.get(&file).await.0, 404, "of another department");
}

#[tokio::test]
async fn every_look_and_every_act_is_written_down() {
    let app = TestApp::new().await;
    stuck(&app, "Lupe").await;
    let (rosa, auditor) = (app.member(&[Role::Agent]).await, app.member(&[Role::Auditor]).await);
    let chat = first(&rosa, "unanswered").await;
    now(&rosa, &chat).await;
    assert_eq!(rosa.post(&path(&chat, "/presence"), json!({ "typing": false })).await.0, 204);
    now(&rosa, &chat).await;
    say(&rosa, &claim(&rosa, &chat).await, "Hola").await;
    app.advance(UNDO).await;
    let (_, log) = auditor.get("/audit").await;
    let of_chat = |row: &&serde_json::Value| row["action"].as_str().unwrap().starts_with("chat.");
    let rows = log["rows"].as_array().unwrap().iter().filter(of_chat);
    let acts: Vec<_> = rows.map(|row| row["action"].as_str().unwrap()).collect();
    assert_eq!(acts, ["chat.reply", "chat.claimed", "chat.view"], "who looks on is written once");
    assert!(!log.to_string().contains("Hola"), "what was said stays out of it");
}

#[tokio::test]
async fn an_answer_is_shown_as_its_channel_will_cut_it() {
    let app = TestApp::new().await;
    let mut texter = app.texter("Lupe");
    texter.asks("quiero hablar con una persona").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = first(&rosa, "unanswered").await;
    let draft = json!({ "chat": chat["id"], "text": "ó".repeat(71) });
    let (status, preview) = rosa.post("/desk/preview", draft).await;
    assert_eq!(
        (status, &preview["parts"], &preview["encoding"]),
        (200, &json!(2), &json!("ucs2")),
        "{preview}"
    );
}

#[tokio::test]
async fn canned_replies_are_written_by_editors_and_found_by_agents() {
    let app = TestApp::new().await;
    let (rosa, editor) = (app.member(&[Role::Agent]).await, app.member(&[Role::Editor]).await);
    let hours = json!({ "shortcut": "/Horario", "title": "Horario", "text": "Hola {{nombre}}, abrimos de 8 a 15.", "language": "es" });
    assert_eq!(rosa.post("/desk/replies", hours.clone()).await.0, 403);
    let (status, made) = editor.post("/desk/replies", hours.clone()).await;
    assert_eq!((status, &made["shortcut"]), (200, &json!("horario")), "{made}");
    assert_eq!(editor.post("/desk/replies", hours.clone()).await.0, 409, "the shortcut is taken");
    for (key, wrong) in [("shortcut", "dos palabras"), ("title", ""), ("language", "fr")] {
        let mut body = hours.clone();
        body[key] = json!(wrong);
        assert_eq!(editor.post("/desk/replies", body).await.0, 422, "{key}");
    }
    let (_, found) = rosa.get("/desk/replies?q=HORÁRIO").await;
    assert_eq!(found["replies"][0]["id"], made["id"], "accents and capitals do not matter");
    let at = format!("/desk/replies/{}", made["id"].as_str().unwrap());
    let mut changed = hours;
    changed["text"] = json!("Abrimos de 9 a 14.");
    assert_eq!(editor.put(&at, changed).await.1["text"], "Abrimos de 9 a 14.");
    assert_eq!((editor.delete(&at).await.0, editor.delete(&at).await.0), (204, 404));
}

#[tokio::test]
async fn colleagues_and_figures_are_told() {
    let app = TestApp::new().await;
    stuck(&app, "Lupe").await;
    stuck(&app, "Beto").await;
    let (rosa, boss) = (app.member(&[Role::Agent]).await, app.member(&[Role::Supervisor]).await);
    app.clock.advance(std::time::Duration::from_secs(60));
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    say(&rosa, &chat, "Hola").await;
    app.advance(UNDO).await;
    let (_, told) = rosa.get("/desk/colleagues").await;
    let mine = &told["colleagues"][0];
    assert_eq!(
        (&mine["name"], &mine["chats"], &mine["status"]),
        (&json!("Persona 1"), &json!(1), &json!("offline"))
    );
    assert_eq!(rosa.get("/desk/stats").await.0, 403);
    let (_, figures) = boss.get("/desk/stats?days=1").await;
    let team = &figures["teams"][0];
    assert_eq!((&team["opened"], &team["answered"]), (&json!(2), &json!(1)));
    assert!(team["wait_p50_s"].as_i64().unwrap() >= 60, "{team}");
}
