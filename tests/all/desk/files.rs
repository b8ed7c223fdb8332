//! Files that colleagues send.

use serde_json::{Value, json};
use ventanilla::staff::Role;

use super::town::{UNDO, bring, claim, first, last_line, now, path, say, stuck};
use crate::support::{TestApp, citizen::PHOTO, staff::Desk};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";

async fn send(desk: &Desk<'_>, chat: &Value, file: &Value, text: &str) -> (u16, Value) {
    let chat = now(desk, chat).await;
    let body = json!({ "version": chat["version"], "text": text, "attachment": file["id"], "described": "Un plano" });
    desk.post(&path(&chat, "/messages"), body).await
}

#[tokio::test]
async fn a_picture_reaches_the_phone_and_stands_in_the_talk() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let kinds: Vec<_> = chat["can"]["attach"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
    assert_eq!(kinds, ["image", "audio", "document"]);
    let (status, file) = bring(&rosa, &chat, "plano.png", PHOTO).await;
    assert_eq!((status, &file["kind"], &file["name"]), (200, &json!("image"), &json!("plano.png")), "{file}");
    let (status, sent) = send(&rosa, &chat, &file, "Por aquí se entra.").await;
    assert_eq!((status, &sent["message"]["kind"]), (200, &json!("image")), "{sent}");
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Por aquí se entra."]);
    let line = last_line(&rosa, &chat).await;
    assert_eq!(
        (&line["delivery"], &line["media"]["described"], &line["media"]["name"]),
        (&json!("delivered"), &json!("Un plano"), &json!("plano.png"))
    );
    let shown = format!("/desk/media/{}", line["media"]["id"].as_str().unwrap());
    assert_eq!(rosa.request(reqwest::Method::GET, &shown).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_paper_reaches_who_is_on_the_page() {
    let app = TestApp::new().await;
    let mut visitor = app.visitor().await;
    visitor.asks("quiero hablar con una persona").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let (status, file) = bring(&rosa, &chat, "requisitos.pdf", PDF).await;
    assert_eq!((status, &file["kind"]), (200, &json!("document")), "{file}");
    assert_eq!(send(&rosa, &chat, &file, "").await.0, 200, "a file needs no words");
    app.advance(UNDO).await;
    visitor.hears().await;
    let line = last_line(&rosa, &chat).await;
    assert_eq!(
        (&line["kind"], &line["text"], &line["problem"]),
        (&json!("file"), &json!(null), &json!(null))
    );
    let given = app
        .count("SELECT COUNT(*) AS n FROM outbox WHERE message_json LIKE '%requisitos.pdf%' AND state <> 'failed'", [])
        .await;
    assert_eq!(given, 1);
}

#[tokio::test]
async fn what_cannot_go_is_refused_by_its_reason() {
    let app = TestApp::builder().configure(|config| config.desk.file_megabytes = 1).start().await;
    stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let large = [PHOTO, &vec![0; 1024 * 1024]].concat();
    for (name, bytes, code) in [
        ("foto.jpg", b"<!DOCTYPE html><script>alert(1)</script>".as_slice(), "file_disguised"),
        ("foto.jpg", b"MZ\x90\0\x03\0\0\0\x04\0\0\0", "file_disguised"),
        ("foto.png", b"<?xml version=\"1.0\"?><svg onload=\"x()\"/>", "file_disguised"),
        ("acta.pdf", PHOTO, "file_disguised"),
        ("risa.gif", b"GIF89a\x01\0\x01\0\0\0\0", "file_kind"),
        ("nada.png", b"", "file_empty"),
        ("grande.png", &large, "file_too_large"),
    ] {
        let (status, refused) = bring(&rosa, &chat, name, bytes).await;
        assert_eq!((status, refused["code"].as_str()), (422, Some(code)), "{name}: {refused}");
    }
    let no_form = rosa.post(&path(&chat, "/files"), json!({})).await;
    assert_eq!(no_form.0, 400, "{}", no_form.1);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM desk_uploads", []).await, 0);
}

#[tokio::test]
async fn a_file_is_sent_once_by_who_chose_it_and_in_its_chat() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    stuck(&app, "Beto").await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let other = claim(&ana, &first(&ana, "unanswered").await).await;
    let (_, file) = bring(&rosa, &chat, "plano.png", PHOTO).await;
    assert_eq!(send(&ana, &other, &file, "Toma").await.1["code"], "no_file", "it is Rosa's");
    assert_eq!(bring(&ana, &chat, "plano.png", PHOTO).await.1["code"], "taken");
    let (_, sent) = send(&rosa, &chat, &file, "Toma").await;
    assert_eq!(send(&rosa, &chat, &file, "Otra vez").await.1["code"], "no_file", "it goes once");
    let line = sent["message"]["id"].as_str().unwrap();
    assert_eq!(rosa.delete(&path(&chat, &format!("/messages/{line}"))).await.0, 204);
    assert_eq!(send(&rosa, &chat, &file, "Ahora sí").await.0, 200, "it was taken back");
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Ahora sí"]);
}

#[tokio::test]
async fn a_channel_without_files_is_offered_none() {
    let app = TestApp::new().await;
    let mut texter = app.texter("Lupe");
    texter.asks("quiero hablar con una persona").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    assert_eq!(chat["can"]["attach"], json!([]));
    assert_eq!(bring(&rosa, &chat, "plano.png", PHOTO).await.1["code"], "no_files");
    assert_eq!(say(&rosa, &chat, "Por aquí no puedo mandarte fotos.").await.0, 200);
    app.advance(UNDO).await;
}
