//! The second factor.

use std::time::Duration;

use serde_json::{Value, json};
use totp_rs::{Builder, Secret};
use ventanilla::{config::SecondFactor, staff::Role};

use crate::support::{
    TestApp,
    staff::{Desk, PASSWORD},
};

/// Somebody's phone with an authenticator app.
struct Phone(String);

impl Phone {
    fn code(&self, app: &TestApp) -> String {
        let secret = Secret::try_from_base32(&self.0).unwrap();
        let totp = Builder::new().with_secret(secret).build().unwrap();
        totp.generate(u64::try_from(app.clock.now() / 1000).unwrap()).to_string()
    }
}

/// Sets the second factor up; gives the phone and the recovery codes.
async fn set_up(app: &TestApp, desk: &Desk<'_>) -> (Phone, Vec<String>) {
    let (status, begun) = desk.post("/me/second-factor", json!({})).await;
    assert_eq!(status, 200, "{begun}");
    assert!(begun["uri"].as_str().unwrap().starts_with("otpauth://totp/"));
    assert!(begun["qr_svg"].as_str().unwrap().contains("<svg"));
    let phone = Phone(begun["secret"].as_str().unwrap().to_owned());
    let wrong = desk.post("/me/second-factor/confirm", json!({ "code": "000000" })).await;
    assert_eq!(wrong.0, 422);
    let (status, codes) = desk.post("/me/second-factor/confirm", json!({ "code": phone.code(app) })).await;
    assert_eq!(status, 200, "{codes}");
    (phone, serde_json::from_value(codes["recovery_codes"].clone()).unwrap())
}

/// Signs in as far as the second factor, in another browser.
async fn half<'a>(app: &'a TestApp, of: &Desk<'_>) -> Desk<'a> {
    let desk = app.desk(&of.email);
    let (status, said) = desk.sign_in(PASSWORD).await;
    assert_eq!((status, &said["state"]), (200, &json!("second_factor")));
    desk
}

async fn shows(desk: &Desk<'_>, code: &str) -> (u16, Value) {
    desk.post("/session/second-factor", json!({ "code": code })).await
}

#[tokio::test]
async fn a_code_is_asked_for_and_opens_once() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent]).await;
    let (phone, _) = set_up(&app, &ana).await;
    let other = half(&app, &ana).await;
    let (status, problem) = other.get("/me").await;
    assert_eq!((status, &problem["code"]), (401, &json!("second_factor")));
    assert_eq!(shows(&other, &phone.code(&app)).await.0, 401, "the code that confirmed it was used");
    app.clock.advance(Duration::from_secs(30));
    let code = phone.code(&app);
    let (status, said) = shows(&other, &code).await;
    assert_eq!((status, &said["state"]), (200, &json!("signed_in")));
    assert_eq!(other.get("/me").await.1["second_factor"], true);
    let thief = half(&app, &ana).await;
    assert_eq!(shows(&thief, &code).await.0, 401, "it was used before");
    assert_eq!(thief.get("/me").await.0, 401);
}

#[tokio::test]
async fn a_recovery_code_stands_in_for_a_lost_phone_once() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent]).await;
    let (_, codes) = set_up(&app, &ana).await;
    assert_eq!(codes.len(), 10);
    let typed = codes[0].to_uppercase().replace('-', " ");
    assert_eq!(shows(&half(&app, &ana).await, &typed).await.0, 200);
    assert_eq!(shows(&half(&app, &ana).await, &codes[0]).await.0, 401);
    let (status, renewed) = ana.post("/me/recovery-codes", json!({ "password": PASSWORD })).await;
    assert_eq!(status, 200);
    assert_eq!(shows(&half(&app, &ana).await, &codes[1]).await.0, 401, "they were replaced");
    let fresh = renewed["recovery_codes"][0].as_str().unwrap();
    assert_eq!(shows(&half(&app, &ana).await, fresh).await.0, 200);
}

#[tokio::test]
async fn six_digits_cannot_be_tried_out() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent]).await;
    let (phone, _) = set_up(&app, &ana).await;
    app.clock.advance(Duration::from_secs(60));
    let thief = half(&app, &ana).await;
    for number in 0..5 {
        assert_eq!(shows(&thief, &format!("00000{number}")).await.0, 401);
    }
    assert_eq!(shows(&thief, &phone.code(&app)).await.0, 429);
    let again = half(&app, &ana).await;
    assert_eq!(shows(&again, &phone.code(&app)).await.0, 429, "a new session is no new chance");
}

#[tokio::test]
async fn it_is_taken_away_with_the_password_or_by_an_admin() {
    let app = TestApp::new().await;
    let (ana, admin) = (app.member(&[Role::Agent]).await, app.member(&[Role::Admin]).await);
    set_up(&app, &ana).await;
    assert_eq!(ana.post("/me/second-factor", json!({})).await.0, 409);
    let remove = async |password: &str| {
        let request = ana.request(reqwest::Method::DELETE, "/me/second-factor");
        ana.says(request.json(&json!({ "password": password }))).await.0
    };
    assert_eq!(remove("tres ceibas rojas").await, 422);
    assert_eq!(remove(PASSWORD).await, 204);
    assert_eq!(app.desk(&ana.email).sign_in(PASSWORD).await.1["state"], "signed_in");
    set_up(&app, &ana).await;
    assert_eq!(admin.delete(&format!("/staff/{}/second-factor", ana.id)).await.0, 204);
    assert_eq!(app.desk(&ana.email).sign_in(PASSWORD).await.1["state"], "signed_in");
}

#[tokio::test]
async fn an_admin_without_one_can_do_nothing_but_set_it_up() {
    let demanding =
        |config: &mut ventanilla::config::Config| config.staff.second_factor = SecondFactor::Admins;
    let app = TestApp::builder().configure(demanding).start().await;
    let (admin, auditor) = (app.member(&[Role::Admin]).await, app.member(&[Role::Auditor]).await);
    assert_eq!(admin.get("/me").await.1["second_factor_wanted"], true);
    let (status, problem) = admin.get("/staff").await;
    assert_eq!((status, &problem["code"]), (403, &json!("second_factor_wanted")));
    assert_eq!(auditor.get("/audit").await.0, 200, "others may without");
    set_up(&app, &admin).await;
    assert_eq!(admin.get("/me").await.1["second_factor_wanted"], false);
    assert_eq!(admin.get("/staff").await.0, 200);
}

#[tokio::test]
async fn the_secret_is_sealed_in_the_database() {
    let app = TestApp::new().await;
    let ana = app.member(&[Role::Agent]).await;
    let (phone, _) = set_up(&app, &ana).await;
    let plain = hex::encode_upper(Secret::try_from_base32(&phone.0).unwrap().as_ref());
    let kept = app.texts("SELECT HEX(totp_sealed) AS t FROM staff").await;
    assert!(!kept[0].contains(&plain));
}
