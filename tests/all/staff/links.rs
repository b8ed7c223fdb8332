//! Links that let somebody choose their password.

use std::time::Duration;

use serde_json::{Value, json};
use ventanilla::staff::Role;

use crate::support::{
    TestApp,
    staff::{Desk, PASSWORD},
};

const NEW: &str = "cuatro loros verdes";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn token(made: &Value) -> String {
    made["link"].as_str().unwrap().split_once("/console/welcome#").unwrap().1.to_owned()
}

async fn invite(admin: &Desk<'_>, email: &str) -> Value {
    let body = json!({ "name": "Eva Uc", "email": email, "roles": ["agent"], "departments": ["water"] });
    let (status, made) = admin.post("/staff/invitations", body).await;
    assert_eq!(status, 200, "{made}");
    made
}

async fn accept(desk: &Desk<'_>, token: &str, password: &str) -> (u16, Value) {
    desk.post(&format!("/invitations/{token}"), json!({ "password": password })).await
}

#[tokio::test]
async fn somebody_new_chooses_a_password_and_is_in() {
    let app = TestApp::new().await;
    let admin = app.member(&[Role::Admin]).await;
    let made = invite(&admin, "Eva@PuertoCeiba.example").await;
    assert_eq!(made["invitation"]["invited_by"], "Persona 1");
    let (eva, token) = (app.desk("eva@puertoceiba.example"), token(&made));
    let (status, seen) = eva.get(&format!("/invitations/{token}")).await;
    assert_eq!(status, 200);
    let expected = json!({ "name": "Eva Uc", "email": "eva@puertoceiba.example", "town": "Puerto Ceiba", "kind": "invitation" });
    assert_eq!(seen, expected);
    assert_eq!(accept(&eva, &token, "corta").await.0, 422);
    let (status, said) = accept(&eva, &token, NEW).await;
    assert_eq!((status, &said["state"]), (200, &json!("signed_in")));
    assert_eq!(eva.get("/me").await.1["departments"], json!(["water"]));
    assert_eq!(app.desk("eva@puertoceiba.example").sign_in(NEW).await.0, 200);
    let (status, problem) = accept(&app.desk(""), &token, NEW).await;
    assert_eq!((status, &problem["code"]), (410, &json!("gone")), "it works once");
    assert_eq!(admin.get("/staff/invitations").await.1["invitations"], json!([]));
    assert_eq!(
        admin
            .post(
                "/staff/invitations",
                json!({ "name": "Eva", "email": "eva@puertoceiba.example", "roles": ["agent"] })
            )
            .await
            .0,
        409
    );
}

#[tokio::test]
async fn an_invitation_is_void_when_it_is_taken_back_replaced_or_old() {
    let app = TestApp::new().await;
    let admin = app.member(&[Role::Admin]).await;
    let gone = async |token: &str| app.desk("").get(&format!("/invitations/{token}")).await.0;
    let first = token(&invite(&admin, "eva@puertoceiba.example").await);
    let second = invite(&admin, "eva@puertoceiba.example").await;
    assert_eq!((gone(&first).await, gone(&token(&second)).await), (410, 200));
    let path = format!("/staff/invitations/{}", second["invitation"]["id"].as_str().unwrap());
    assert_eq!(admin.delete(&path).await.0, 204);
    assert_eq!((gone(&token(&second)).await, admin.delete(&path).await.0), (410, 404));
    let third = token(&invite(&admin, "eva@puertoceiba.example").await);
    app.clock.advance(3 * DAY);
    assert_eq!(gone(&third).await, 410);
    assert_eq!(accept(&app.desk(""), &third, NEW).await.0, 410);
}

#[tokio::test]
async fn an_invitation_says_what_is_wrong_with_it() {
    let app = TestApp::new().await;
    let admin = app.member(&[Role::Admin]).await;
    for (name, email, roles, departments) in [
        ("", "eva@example.mx", json!(["agent"]), json!([])),
        ("Eva", "eva", json!(["agent"]), json!([])),
        ("Eva", "eva@example.mx", json!([]), json!([])),
        ("Eva", "eva@example.mx", json!(["king"]), json!([])),
        ("Eva", "eva@example.mx", json!(["agent"]), json!(["moon"])),
    ] {
        let body = json!({ "name": name, "email": email, "roles": roles, "departments": departments });
        let (status, problem) = admin.post("/staff/invitations", body).await;
        assert_eq!(status, 422, "{problem}");
    }
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_link() {
    let app = TestApp::new().await;
    let (admin, ana) = (app.member(&[Role::Admin]).await, app.member(&[Role::Agent]).await);
    let (status, made) = admin.post(&format!("/staff/{}/password-link", ana.id), json!({})).await;
    assert_eq!(status, 200, "{made}");
    assert_eq!(app.desk(&ana.email).sign_in(PASSWORD).await.0, 200, "the old one holds until then");
    let (fresh, token) = (app.desk(&ana.email), token(&made));
    assert_eq!(fresh.get(&format!("/invitations/{token}")).await.1["kind"], "password");
    assert_eq!(accept(&fresh, &token, NEW).await.1["state"], "signed_in");
    assert_eq!(ana.get("/me").await.0, 401, "other devices are signed out");
    assert_eq!(app.desk(&ana.email).sign_in(PASSWORD).await.0, 401);
    assert_eq!(accept(&app.desk(""), &token, NEW).await.0, 410);
}
