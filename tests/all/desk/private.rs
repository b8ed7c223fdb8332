//! Who was telling something private and asks for a person: only those see it whom it is for.

use serde_json::json;
use ventanilla::staff::Role;

use super::town::{claim, first, now, path, waiting};
use crate::support::{TestApp, citizen::Citizen};

/// Lupe begins a denuncia, and then asks for a person.
async fn denounces(app: &TestApp) -> Citizen<'_> {
    let mut lupe = app.citizen("Lupe");
    lupe.asks("un policía de tránsito me pidió mordida").await;
    let said = lupe.asks("quiero hablar con una persona").await;
    assert!(said.contains("persona"), "{said}");
    lupe
}

#[tokio::test]
async fn a_denuncia_waits_for_the_department_that_it_is_for() {
    let app = TestApp::new().await;
    let comptroller = app.member_of(&[Role::Department], &["comptroller"]).await;
    let water = app.member_of(&[Role::Department], &["water"]).await;
    let (rosa, tere) = (app.member(&[Role::Agent]).await, app.member(&[Role::Supervisor]).await);
    denounces(&app).await;
    for other in [&rosa, &tere, &water] {
        assert_eq!(waiting(other, "unanswered").await, 0, "being in charge is no reason to read a denuncia");
    }
    let chat = first(&comptroller, "unanswered").await;
    assert_eq!((&chat["sensitive"], &chat["department"]), (&json!(true), &json!("comptroller")), "{chat}");
    assert_eq!(rosa.get(&path(&chat, "")).await.0, 404);
    // Whoever it was given to by name reads it, and it is everybody's once it was passed on to everybody.
    let held = claim(&comptroller, &chat).await;
    let on = json!({ "version": held["version"], "to": { "queue": true } });
    assert_eq!(comptroller.post(&path(&held, "/transfer"), on).await.0, 200);
    let open = first(&rosa, "unanswered").await;
    assert_eq!((&open["id"], &open["sensitive"]), (&chat["id"], &json!(false)));
    now(&rosa, &open).await;
}

#[tokio::test]
async fn nobody_waits_unseen_where_the_department_has_nobody() {
    let app = TestApp::new().await;
    let rosa = app.member(&[Role::Agent]).await;
    denounces(&app).await;
    assert_eq!(first(&rosa, "unanswered").await["sensitive"], json!(false));
}
