//! What an admin changes counts at the next request.

use serde_json::json;
use ventanilla::staff::Role;

use crate::support::{
    TestApp,
    staff::{Desk, PASSWORD},
};

fn path(of: &Desk<'_>) -> String {
    format!("/staff/{}", of.id)
}

#[tokio::test]
async fn a_role_that_is_taken_away_is_gone_at_once() {
    let app = TestApp::new().await;
    let (admin, ana) = (app.member(&[Role::Admin]).await, app.member(&[Role::Auditor]).await);
    assert_eq!(ana.get("/audit").await.0, 200);
    let (status, row) = admin.patch(&path(&ana), json!({ "roles": ["agent"] })).await;
    assert_eq!((status, &row["roles"]), (200, &json!(["agent"])));
    let (status, problem) = ana.get("/audit").await;
    assert_eq!((status, &problem["code"]), (403, &json!("forbidden")));
}

#[tokio::test]
async fn who_leaves_is_out_at_once_and_may_come_back() {
    let app = TestApp::new().await;
    let (admin, ana) = (app.member(&[Role::Admin]).await, app.member(&[Role::Agent]).await);
    let (_, made) = admin.post(&format!("{}/password-link", path(&ana)), json!({})).await;
    assert_eq!(admin.patch(&path(&ana), json!({ "active": false })).await.0, 200);
    assert_eq!(ana.get("/me").await.0, 401);
    assert_eq!(ana.sign_in(PASSWORD).await.0, 401);
    let token = made["link"].as_str().unwrap().split_once('#').unwrap().1;
    assert_eq!(app.desk("").get(&format!("/invitations/{token}")).await.0, 410, "their link is void");
    assert_eq!(admin.post(&format!("{}/password-link", path(&ana)), json!({})).await.0, 404);
    assert_eq!(admin.patch(&path(&ana), json!({ "active": true })).await.0, 200);
    assert_eq!(ana.sign_in(PASSWORD).await.0, 200);
}

#[tokio::test]
async fn there_is_always_an_admin() {
    let app = TestApp::new().await;
    let (admin, ana) = (app.member(&[Role::Admin]).await, app.member(&[Role::Agent]).await);
    assert_eq!(admin.patch(&path(&admin), json!({ "roles": ["agent"] })).await.0, 409);
    assert_eq!(admin.patch(&path(&admin), json!({ "active": false })).await.0, 409);
    assert_eq!(admin.patch(&path(&ana), json!({ "roles": ["admin"] })).await.0, 200);
    assert_eq!(admin.patch(&path(&admin), json!({ "active": false })).await.0, 409, "it is themselves");
    assert_eq!(admin.patch(&path(&admin), json!({ "roles": ["agent"] })).await.0, 200);
    assert_eq!(admin.get("/staff").await.0, 403);
}

#[tokio::test]
async fn an_admin_signs_somebody_out_everywhere() {
    let app = TestApp::new().await;
    let (admin, ana) = (app.member(&[Role::Admin]).await, app.member(&[Role::Agent]).await);
    assert_eq!(admin.delete(&format!("{}/sessions", path(&ana))).await.0, 204);
    assert_eq!(ana.get("/me").await.0, 401);
    assert_eq!(ana.sign_in(PASSWORD).await.0, 200);
}

#[tokio::test]
async fn the_list_shows_everybody_and_no_secrets() {
    let app = TestApp::new().await;
    let admin = app.member(&[Role::Admin]).await;
    app.member_of(&[Role::Department], &["water"]).await;
    let (_, list) = admin.get("/staff").await;
    assert_eq!(list["staff"].as_array().unwrap().len(), 2);
    assert_eq!(list["staff"][1]["departments"], json!(["water"]));
    assert!(!list.to_string().contains("argon2"));
    assert_eq!(admin.patch(&path(&admin), json!({ "departments": ["moon"] })).await.0, 422);
}

#[tokio::test]
async fn somebody_changes_their_own_name_and_language_and_nothing_else() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent]).await;
    let body = json!({ "name": " Ana  Uc ", "language": "en", "roles": ["admin"] });
    let (status, me) = ana.patch("/me", body).await;
    assert_eq!(status, 200);
    assert_eq!(
        (&me["name"], &me["language"], &me["roles"]),
        (&json!("Ana Uc"), &json!("en"), &json!(["agent"]))
    );
    assert_eq!(ana.patch("/me", json!({ "language": "fr" })).await.0, 422);
}

#[tokio::test]
async fn the_departments_of_the_town_are_there_to_choose_from() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent]).await;
    let (_, list) = ana.get("/departments?lang=en").await;
    assert_eq!(list["departments"][0], json!({ "id": "public_works", "name": "Public Works" }));
}
