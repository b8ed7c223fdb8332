//! Approved templates, and what messages cost.

use std::time::Duration;

use serde_json::{Value, json};
use ventanilla::{config::AgentTemplate, simulator::Template, staff::Role, store};
use ventanilla_adapters::Channel;

use super::town::{UNDO, claim, first, last_line, now, path, stuck};
use crate::support::{
    Builder, TestApp,
    staff::{Desk, PASSWORD},
};

const TEXT: &str = "Hola {{1}}: tu reporte {{2}} tiene novedades.";

fn with_news() -> Builder {
    TestApp::builder().configure(|config| {
        config.whatsapp.price_per_template = Some(0.5);
        config.sms.price_per_segment = Some(0.75);
        config.whatsapp.templates = vec![AgentTemplate {
            name: "novedad".to_owned(),
            language: "es_MX".to_owned(),
            text: TEXT.to_owned(),
            fields: vec!["Nombre".to_owned(), "Folio".to_owned()],
        }];
    })
}

async fn send(desk: &Desk<'_>, chat: &Value, name: &str, values: &[&str]) -> (u16, Value) {
    let version = now(desk, chat).await["version"].clone();
    let body = json!({ "version": version, "name": name, "language": "es_MX", "values": values });
    desk.post(&path(chat, "/templates"), body).await
}

#[tokio::test]
async fn when_the_window_is_over_an_approved_template_still_goes() {
    let app = with_news().start().await;
    app.simulator.set_templates(vec![Template::new("novedad", "es_MX", TEXT)]);
    let mut lupe = stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    assert_eq!(chat["can"]["templates"], true);
    app.advance(Duration::from_secs(25 * 3600)).await;
    rosa.sign_in(PASSWORD).await;
    assert_eq!(now(&rosa, &chat).await["packet"]["window"]["open"], false);
    let (_, listed) = rosa.get(&path(&chat, "/templates")).await;
    let news = listed["templates"].as_array().unwrap().iter().find(|one| one["name"] == "novedad").unwrap();
    assert_eq!(news["places"][1], json!({ "key": "2", "label": "Folio" }));
    assert_eq!(news["cost"], json!({ "amount": 0.5, "currency": "MXN" }));
    assert_eq!(send(&rosa, &chat, "novedad", &["Lupe", ""]).await.1["code"], "template_values");
    assert_eq!(send(&rosa, &chat, "otra", &[]).await.1["code"], "no_template");
    let (status, sent) = send(&rosa, &chat, "novedad", &["Lupe", "PC-1234-5670"]).await;
    assert_eq!(status, 200, "{sent}");
    app.advance(UNDO).await;
    assert_eq!(lupe.hears().await, ["Hola Lupe: tu reporte PC-1234-5670 tiene novedades."]);
    let line = last_line(&rosa, &chat).await;
    assert_eq!((&line["delivery"], &line["author"]), (&json!("delivered"), &json!("Persona 1")));
}

#[tokio::test]
async fn what_the_provider_paused_is_not_offered() {
    let app = with_news().start().await;
    stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let unit = app.app().store.unit().await.unwrap();
    let now = app.clock.now();
    store::templates::note(&unit, Channel::Whatsapp, "novedad/es_MX", "PAUSED", now).await.unwrap();
    unit.commit().await.unwrap();
    let (_, listed) = rosa.get(&path(&chat, "/templates")).await;
    assert!(!listed.to_string().contains("novedad"), "{listed}");
    assert_eq!(send(&rosa, &chat, "novedad", &["Lupe", "1"]).await.1["code"], "no_template");
}

#[tokio::test]
async fn a_text_message_shows_what_it_costs_and_has_no_templates() {
    let app = with_news().start().await;
    let mut texter = app.texter("Lupe");
    texter.asks("quiero hablar con una persona").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let (_, preview) =
        rosa.post("/desk/preview", json!({ "chat": chat["id"], "text": "ó".repeat(71) })).await;
    assert_eq!(preview["cost"], json!({ "amount": 1.5, "currency": "MXN" }));
    assert_eq!(chat["can"]["templates"], false);
    assert_eq!(rosa.get(&path(&chat, "/templates")).await.1["templates"], json!([]));
}
