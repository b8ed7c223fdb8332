//! Signing in and out, and what ends a session.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use ventanilla::{
    staff::Role,
    store::{self, sessions::SessionState},
};

use crate::support::{
    TestApp,
    staff::{Desk, PASSWORD},
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Status of the page that everybody sees first.
async fn status(desk: &Desk<'_>) -> u16 {
    desk.get("/me").await.0
}

#[tokio::test]
async fn somebody_signs_in_sees_who_they_are_and_signs_out() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent, Role::Auditor]).await;
    let (status, me) = ana.get("/me").await;
    assert_eq!(status, 200);
    assert_eq!(me["email"], ana.email);
    assert_eq!(me["roles"], json!(["agent", "auditor"]));
    assert_eq!(
        me["permissions"],
        json!(["chats.attend", "replies.read", "stats.read", "audit.read", "reports.work"])
    );
    assert_eq!((&me["second_factor"], &me["second_factor_wanted"]), (&json!(false), &json!(false)));
    assert_eq!(me["town"], "Puerto Ceiba");
    assert_eq!(ana.delete("/session").await.0, 204);
    let (status, problem) = ana.get("/me").await;
    assert_eq!((status, &problem["code"]), (401, &json!("signed_out")));
}

#[tokio::test]
async fn the_cookie_is_for_this_site_and_no_script() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent]).await;
    let request = ana.request(Method::POST, "/session");
    let answer = request.json(&json!({ "email": ana.email, "password": PASSWORD })).send().await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("ventanilla_session="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let page = ana.request(Method::GET, "/me").send().await.unwrap();
    assert_eq!(page.headers()["cache-control"], "no-store");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_email_are_answered_alike() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent]).await;
    let wrong = app.desk(&ana.email).sign_in("tres ceibas rojas").await;
    let unknown = app.desk("nadie@puertoceiba.example").sign_in(PASSWORD).await;
    assert_eq!(wrong.0, 401);
    assert_eq!(wrong, unknown);
    let beto = app.member(&[Role::Agent]).await;
    let admin = app.member(&[Role::Admin]).await;
    assert_eq!(admin.patch(&format!("/staff/{}", beto.id), json!({ "active": false })).await.0, 200);
    assert_eq!(app.desk(&beto.email).sign_in(PASSWORD).await, wrong, "who left is unknown");
    let spaced = app.desk(&format!(" {} ", ana.email.to_uppercase()));
    assert_eq!(spaced.sign_in(PASSWORD).await.0, 200, "capitals and spaces do not matter");
}

#[tokio::test]
async fn whoever_guesses_must_wait_longer_and_longer() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent]).await;
    let guesser = app.desk(&ana.email);
    for _ in 0..5 {
        assert_eq!(guesser.sign_in("tres ceibas rojas").await.0, 401);
    }
    let answer = guesser.request(Method::POST, "/session");
    let answer = answer.json(&json!({ "email": ana.email, "password": PASSWORD })).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.headers()["retry-after"]), (429, &"30".parse().unwrap()));
    let beto = app.member(&[Role::Agent]).await;
    assert_eq!(status(&beto).await, 200, "others are not kept out");
    app.clock.advance(Duration::from_secs(30));
    assert_eq!(guesser.sign_in("tres ceibas rojas").await.0, 401);
    let (status, problem) = guesser.sign_in(PASSWORD).await;
    assert_eq!((status, &problem["code"]), (429, &json!("too_many")));
    app.clock.advance(MINUTE);
    assert_eq!(guesser.sign_in(PASSWORD).await.0, 200);
    app.desk(&ana.email).sign_in("tres ceibas rojas").await;
    assert_eq!(guesser.sign_in(PASSWORD).await.0, 200, "it began anew");
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent]).await;
    for _ in 0..3 {
        app.clock.advance(59 * MINUTE);
        assert_eq!(status(&ana).await, 200);
    }
    app.clock.advance(60 * MINUTE);
    assert_eq!(status(&ana).await, 401);
}

#[tokio::test]
async fn a_session_ends_after_half_a_day_however_busy() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent]).await;
    for _ in 0..23 {
        app.clock.advance(HOUR / 2);
        assert_eq!(status(&ana).await, 200);
    }
    app.clock.advance(HOUR / 2);
    assert_eq!(status(&ana).await, 401);
}

#[tokio::test]
async fn what_changes_something_needs_the_token_of_the_page() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent]).await;
    for request in [
        ana.without_token(Method::PATCH, "/me"),
        ana.without_token(Method::PATCH, "/me").header("x-csrf-token", "guessed"),
    ] {
        let (status, problem) = ana.says(request.json(&json!({ "name": "Eva" }))).await;
        assert_eq!((status, &problem["code"]), (403, &json!("csrf")));
    }
    let beto = app.member(&[Role::Agent]).await;
    let token = beto.get("/me").await.1["csrf"].as_str().unwrap().to_owned();
    let theirs = ana.without_token(Method::PATCH, "/me").header("x-csrf-token", token);
    assert_eq!(ana.says(theirs.json(&json!({ "name": "Eva" }))).await.0, 403, "it is somebody else's");
    assert_eq!(ana.get("/me").await.1["name"], "Persona 1");
    assert_eq!(ana.says(ana.without_token(Method::GET, "/me")).await.0, 200);
    let strange = ana.request(Method::POST, "/session").header("sec-fetch-site", "cross-site");
    let body = json!({ "email": ana.email, "password": PASSWORD });
    assert_eq!(ana.says(strange.json(&body)).await.0, 403);
}

#[tokio::test]
async fn a_device_that_was_lost_is_signed_out_from_another() {
    let app = TestApp::new().await;
    let (office, beto) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let phone = app.desk(&office.email);
    phone.sign_in(PASSWORD).await;
    let (_, list) = office.get("/me/sessions").await;
    let sessions = list["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let lost = sessions.iter().find(|session| session["current"] == false).unwrap();
    assert_eq!(lost["address"], "127.0.0.1");
    let path = format!("/me/sessions/{}", lost["id"].as_str().unwrap());
    assert_eq!(beto.delete(&path).await.0, 404, "it is not theirs");
    assert_eq!(office.delete(&path).await.0, 204);
    assert_eq!((status(&phone).await, status(&office).await), (401, 200));
    assert_eq!(office.delete(&path).await.0, 404);
}

#[tokio::test]
async fn another_password_signs_the_other_devices_out() {
    let app = TestApp::new().await;
    let office = app.member(&[Role::Agent]).await;
    let phone = app.desk(&office.email);
    phone.sign_in(PASSWORD).await;
    let change = async |current: &str, new: &str| {
        office.put("/me/password", json!({ "current": current, "new": new })).await.0
    };
    assert_eq!(change("tres ceibas rojas", "cuatro loros verdes").await, 422);
    assert_eq!(change(PASSWORD, "contraseña123").await, 422);
    assert_eq!(change(PASSWORD, "cuatro loros verdes").await, 204);
    assert_eq!((status(&phone).await, status(&office).await), (401, 200));
    assert_eq!(phone.sign_in(PASSWORD).await.0, 401);
    assert_eq!(phone.sign_in("cuatro loros verdes").await.0, 200);
}

#[tokio::test]
async fn only_hashes_of_what_opens_a_door_are_in_the_database() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent]).await;
    let token = ana.request(Method::GET, "/me").build().unwrap().headers()["cookie"].clone();
    let token = token.to_str().unwrap().split_once('=').unwrap().1.to_owned();
    let hashes = app.texts("SELECT token_hash AS t FROM staff_sessions").await;
    assert_eq!(hashes.len(), 1);
    assert_ne!(hashes[0], token);
    let on = app.app();
    let found = store::sessions::by_token(on.store.read(), &hashes[0]).await.unwrap().unwrap();
    assert_eq!((found.staff, found.state), (ana.id, SessionState::Open));
}

#[tokio::test]
async fn pages_are_told_what_they_may_load() {
    let app = TestApp::new().await;
    for path in ["/", "/simulator", "/widget", "/api/v1/me"] {
        let answer = app.get(path).send().await.unwrap();
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.headers()["cross-origin-opener-policy"], "same-origin", "{path}");
        assert!(answer.headers().contains_key("permissions-policy"), "{path}");
        let https = app.config().server.public_url.starts_with("https://");
        assert_eq!(answer.headers().contains_key("strict-transport-security"), https, "{path}");
    }
}
