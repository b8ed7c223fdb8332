//! What accounts say of somebody's languages and skills, and who gets which chat for it.

use serde_json::{Value, json};
use ventanilla::{config::Assign, staff::Role};

use super::{
    news::Ear,
    town::{first, stuck, waiting},
};
use crate::support::{TestApp, folder::Folder, staff::Desk};

async fn able(admin: &Desk<'_>, of: &Desk<'_>, change: Value) {
    let (status, said) = admin.patch(&format!("/staff/{}", of.id), change).await;
    assert_eq!(status, 200, "{said}");
}

#[tokio::test]
async fn a_chat_is_dealt_to_who_answers_in_its_language_or_waits_for_them() {
    let dealing = TestApp::builder().configure(|config| config.desk.assign = Assign::LeastBusy);
    let app = dealing.start().await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let admin = app.member(&[Role::Admin]).await;
    able(&admin, &rosa, json!({ "languages": ["es"] })).await;
    able(&admin, &ana, json!({ "languages": ["en"] })).await;
    let mut hers = Ear::open(&rosa).await;
    let mut tom = app.citizen("Tom");
    tom.asks("hello, I would like to talk to a person please").await;
    hers.hears("new").await;
    assert_eq!(waiting(&rosa, "unanswered").await, 1, "Ana answers in English, and is not here");
    let mut anas = Ear::open(&ana).await;
    anas.hears("chat").await;
    assert_eq!(waiting(&ana, "mine").await, 1);
    stuck(&app, "Lupe").await;
    hers.hears("chat").await;
    assert_eq!(waiting(&rosa, "mine").await, 1, "although Ana has no more than she has");
}

#[tokio::test]
async fn a_flow_names_what_who_attends_should_know_about() {
    let folder = Folder::new();
    let content = folder.copy_of_the_demo("town");
    let flow = std::fs::read_to_string(content.join("flows/agent.yaml")).unwrap();
    let named = flow.replacen("    into: queue", "      skill: Predial\n    into: queue", 1);
    assert_ne!(flow, named);
    std::fs::write(content.join("flows/agent.yaml"), named).unwrap();
    let dealing =
        TestApp::builder().content(content).configure(|config| config.desk.assign = Assign::LeastBusy);
    let app = dealing.start().await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let admin = app.member(&[Role::Admin]).await;
    able(&admin, &ana, json!({ "skills": ["  predial "] })).await;
    let (mut hers, mut anas) = (Ear::open(&rosa).await, Ear::open(&ana).await);
    stuck(&app, "Lupe").await;
    anas.hears("chat").await;
    assert_eq!((waiting(&ana, "mine").await, waiting(&rosa, "mine").await), (1, 0));
    able(&admin, &ana, json!({ "skills": [] })).await;
    stuck(&app, "Beto").await;
    hers.hears("chat").await;
    assert_eq!(waiting(&rosa, "mine").await, 1, "nobody knows about it: anybody");
}

#[tokio::test]
async fn what_somebody_can_is_told_and_checked() {
    let app = TestApp::new().await;
    let (admin, luis) = (app.member(&[Role::Admin]).await, app.member(&[Role::Agent]).await);
    let at = format!("/staff/{}", luis.id);
    for (wrong, code) in [
        (json!({ "skills": [""] }), json!("no_skill")),
        (json!({ "skills": ["a".repeat(41)] }), json!("no_skill")),
        (json!({ "languages": ["Español"] }), json!(null)),
    ] {
        let (status, said) = admin.patch(&at, wrong).await;
        assert_eq!((status, &said["code"]), (422, &code), "{said}");
    }
    let change = json!({ "languages": ["yua", "es"], "skills": ["Predial", "agua"], "supervised": true });
    let (_, changed) = admin.patch(&at, change).await;
    let (_, told) = luis.get("/desk/colleagues").await;
    for row in [&changed, &told["colleagues"][0]] {
        assert_eq!(
            (&row["languages"], &row["skills"], &row["supervised"]),
            (&json!(["es", "yua"]), &json!(["agua", "predial"]), &json!(true))
        );
    }
    assert_eq!(told["colleagues"][0]["supervises"], false);
    let acts = app.texts("SELECT action AS t FROM audit WHERE action = 'staff.abilities'").await;
    assert_eq!(acts.len(), 1);
    let newcomer = json!({
        "name": "Nicté", "email": "nicte@puertoceiba.example", "roles": ["agent"],
        "languages": ["yua"], "skills": ["maya"], "supervised": true,
    });
    let (status, made) = admin.post("/staff/invitations", newcomer).await;
    assert_eq!(status, 200, "{made}");
    let token = made["link"].as_str().unwrap().split_once('#').unwrap().1.to_owned();
    let nicte = app.desk("nicte@puertoceiba.example");
    let body = json!({ "password": crate::support::staff::PASSWORD });
    assert_eq!(nicte.post(&format!("/invitations/{token}"), body).await.0, 200);
    let (_, told) = luis.get("/desk/colleagues").await;
    let row = told["colleagues"].as_array().unwrap().iter().find(|one| one["name"] == "Nicté").unwrap();
    assert_eq!((&row["skills"], &row["supervised"]), (&json!(["maya"]), &json!(true)));
    stuck(&app, "Lupe").await;
    assert!(!first(&luis, "unanswered").await.is_null());
}
