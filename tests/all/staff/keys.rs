//! Keys of other systems.

use serde_json::{Value, json};
use ventanilla::staff::Role;

use crate::support::TestApp;

async fn asks(app: &TestApp, path: &str, secret: &str) -> (u16, Value) {
    let answer = app.get(&format!("/api/v1{path}")).bearer_auth(secret).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn a_key_reads_what_its_scopes_say_until_it_is_revoked() {
    let app = TestApp::new().await;
    let admin = app.member(&[Role::Admin]).await;
    let (status, made) = admin.post("/keys", json!({ "name": "Archivo", "scopes": ["audit.read"] })).await;
    assert_eq!(status, 200, "{made}");
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("vtk_"));
    assert_eq!(asks(&app, "/audit", secret).await.0, 200);
    for (path, status) in [("/staff", 403), ("/keys", 403), ("/me", 401)] {
        assert_eq!(asks(&app, path, secret).await.0, status, "{path}");
    }
    let (_, list) = admin.get("/keys").await;
    assert!(list["keys"][0]["last_used_at"].is_i64());
    assert!(!list.to_string().contains(secret));
    let path = format!("/keys/{}", made["key"]["id"].as_str().unwrap());
    assert_eq!(admin.delete(&path).await.0, 204);
    let (status, problem) = asks(&app, "/audit", secret).await;
    assert_eq!((status, &problem["code"]), (401, &json!("signed_out")));
    assert_eq!(admin.delete(&path).await.0, 404);
}

#[tokio::test]
async fn a_key_without_the_scope_is_refused() {
    let app = TestApp::new().await;
    let admin = app.member(&[Role::Admin]).await;
    let (_, made) = admin.post("/keys", json!({ "name": "Tablero", "scopes": ["stats.read"] })).await;
    assert_eq!(asks(&app, "/audit", made["secret"].as_str().unwrap()).await.0, 403);
    assert_eq!(asks(&app, "/audit", "vtk_guessed").await.0, 401);
}

#[tokio::test]
async fn keys_attend_nobody_and_give_no_accounts() {
    let app = TestApp::new().await;
    let admin = app.member(&[Role::Admin]).await;
    for scopes in [json!(["chats.attend"]), json!(["stats.read", "staff.manage"]), json!([])] {
        assert_eq!(admin.post("/keys", json!({ "name": "X", "scopes": scopes })).await.0, 422, "{scopes}");
    }
}
