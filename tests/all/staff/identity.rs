//! Signing in with the account of a state: a provider that says whatever a test wants it to say.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::{
    Audience, EmptyAdditionalClaims, EndUserEmail, IssuerUrl, JsonWebKeyId, Nonce, PrivateSigningKey,
    StandardClaims, SubjectIdentifier,
    core::{
        CoreEdDsaPrivateSigningKey, CoreIdToken, CoreIdTokenClaims, CoreJsonWebKeySet,
        CoreJwsSigningAlgorithm,
    },
};
use reqwest::{Method, Url};
use serde_json::{Value, json};
use ventanilla::{config::SecondFactor, staff::Role};

use crate::support::{TestApp, staff::Desk};

const CLIENT: &str = "ventanilla";
/// Made for these tests; they open nothing.
const KEY: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIEoC7kcpfasHLf7OqB0IE8UAYNPKrDpW5ei6HNUbhEW2\n-----END PRIVATE KEY-----\n";
const OTHER_KEY: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIPw8IMyTlF+jj7B3lJKqU38ONBcqNfH2aYGHEOgXuTrN\n-----END PRIVATE KEY-----\n";

/// What the provider says next.
#[derive(Clone)]
struct Saying {
    issuer: String,
    subject: &'static str,
    email: String,
    verified: bool,
    audience: &'static str,
    nonce: Option<&'static str>,
    key: &'static str,
    /// Minutes from now on that the token is good for.
    minutes: i64,
}

struct Provider {
    issuer: String,
    /// The key that it shows.
    key: Mutex<&'static str>,
    token: Mutex<Value>,
}

impl Provider {
    async fn start() -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let provider = Arc::new(Self { issuer, key: Mutex::new(KEY), token: Mutex::default() });
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(about))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        provider
    }

    /// Somebody with this e-mail, rightly.
    fn saying(&self, email: &str) -> Saying {
        Saying {
            issuer: self.issuer.clone(),
            subject: "MX-1",
            email: email.to_owned(),
            verified: true,
            audience: CLIENT,
            nonce: None,
            key: KEY,
            minutes: 5,
        }
    }

    fn will_say(&self, saying: &Saying, asked: &Asked, now: i64) {
        let now = DateTime::from_timestamp_millis(now).unwrap();
        let nonce = saying.nonce.unwrap_or(&asked.nonce);
        let id_token = id_token(saying, nonce, now);
        let answer = json!({ "access_token": "any", "token_type": "Bearer", "id_token": id_token });
        *self.token.lock().unwrap() = answer;
    }
}

fn id_token(saying: &Saying, nonce: &str, now: DateTime<Utc>) -> CoreIdToken {
    let standard = StandardClaims::new(SubjectIdentifier::new(saying.subject.to_owned()))
        .set_email(Some(EndUserEmail::new(saying.email.clone())))
        .set_email_verified(Some(saying.verified));
    let claims = CoreIdTokenClaims::new(
        IssuerUrl::new(saying.issuer.clone()).unwrap(),
        vec![Audience::new(saying.audience.to_owned())],
        now + TimeDelta::minutes(saying.minutes),
        now - TimeDelta::minutes(10),
        standard,
        EmptyAdditionalClaims {},
    )
    .set_nonce(Some(Nonce::new(nonce.to_owned())));
    CoreIdToken::new(claims, &signing(saying.key), CoreJwsSigningAlgorithm::EdDsa, None, None).unwrap()
}

fn signing(key: &str) -> CoreEdDsaPrivateSigningKey {
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(key, Some(JsonWebKeyId::new("one".to_owned()))).unwrap()
}

async fn about(State(provider): State<Arc<Provider>>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", provider.issuer);
    Json(json!({
        "issuer": provider.issuer, "authorization_endpoint": at("/enter"), "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}

async fn keys(State(provider): State<Arc<Provider>>) -> Json<Value> {
    let key = signing(*provider.key.lock().unwrap());
    Json(serde_json::to_value(CoreJsonWebKeySet::new(vec![key.as_verification_key()])).unwrap())
}

async fn token(State(provider): State<Arc<Provider>>) -> Json<Value> {
    Json(provider.token.lock().unwrap().clone())
}

/// A browser that was sent to the provider.
struct Asked {
    cookie: String,
    state: String,
    nonce: String,
}

async fn asks(app: &TestApp, body: Value) -> Asked {
    let answer = app.post("/api/v1/session/provider").json(&body).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Lax; Path=/api/v1/session/provider/callback"), "{cookie}");
    went(cookie.to_owned(), &answer.json().await.unwrap())
}

fn went(cookie: String, body: &Value) -> Asked {
    let url = Url::parse(body["url"].as_str().unwrap()).unwrap();
    let of = |name: &str| url.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    assert_eq!(of("code_challenge_method"), "S256");
    let cookie = cookie.split(';').next().unwrap().to_owned();
    Asked { cookie, state: of("state"), nonce: of("nonce") }
}

/// Comes back with these words; gives where the browser is sent, and its cookies.
async fn comes_back(app: &TestApp, cookie: &str, query: &str) -> (String, Vec<String>) {
    let request = app.get(&format!("/api/v1/session/provider/callback?{query}")).header("cookie", cookie);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let cookies = answer.headers().get_all("set-cookie").iter();
    let cookies = cookies.map(|cookie| cookie.to_str().unwrap().to_owned()).collect();
    (answer.headers()["location"].to_str().unwrap().to_owned(), cookies)
}

/// The whole way with what the provider says.
async fn signs_in(app: &TestApp, provider: &Provider, saying: &Saying) -> (String, Vec<String>) {
    let asked = asks(app, json!({})).await;
    provider.will_say(saying, &asked, app.app().clock.now());
    comes_back(app, &asked.cookie, &format!("code=any&state={}", asked.state)).await
}

fn has_session(cookies: &[String]) -> bool {
    cookies.iter().any(|cookie| cookie.starts_with("ventanilla_session=") && !cookie.contains("Max-Age=0"))
}

async fn town(provider: &Provider) -> TestApp {
    let issuer = provider.issuer.clone();
    let settings = move |config: &mut ventanilla::config::Config| {
        config.oidc.issuer = issuer;
        config.oidc.client_id = CLIENT.to_owned();
        config.oidc.name = "Mi Estado".to_owned();
    };
    TestApp::builder().configure(settings).start().await
}

#[tokio::test]
async fn an_account_is_opened_by_the_verified_email_once_and_by_the_id_from_then_on() {
    let provider = Provider::start().await;
    let app = town(&provider).await;
    let rosa = app.member(&[Role::Agent]).await;
    let saying = provider.saying(&rosa.email);
    let (to, cookies) = signs_in(&app, &provider, &saying).await;
    assert_eq!((to.as_str(), has_session(&cookies)), ("/console", true), "{cookies:?}");

    let other_email = Saying { email: "otra@example.mx".to_owned(), ..saying.clone() };
    assert_eq!(signs_in(&app, &provider, &other_email).await.0, "/console");
    let other_person = Saying { subject: "MX-2", ..saying };
    let (to, cookies) = signs_in(&app, &provider, &other_person).await;
    assert_eq!(to, "/console?refused=unknown_identity", "the e-mail passed on to somebody else");
    assert!(!has_session(&cookies));
}

#[tokio::test]
async fn nobody_comes_in_by_an_email_that_was_not_verified_or_without_an_account() {
    let provider = Provider::start().await;
    let app = town(&provider).await;
    let admin = app.member(&[Role::Admin]).await;
    let luis = app.member(&[Role::Agent]).await;
    let saying = provider.saying(&luis.email);
    let unverified = Saying { verified: false, ..saying.clone() };
    let stranger = Saying { email: "nadie@example.mx".to_owned(), ..saying.clone() };
    for refused in [unverified, stranger] {
        assert_eq!(signs_in(&app, &provider, &refused).await.0, "/console?refused=unknown_identity");
    }
    assert_eq!(signs_in(&app, &provider, &saying).await.0, "/console");
    admin.patch(&format!("/staff/{}", luis.id), json!({ "active": false })).await;
    let (to, cookies) = signs_in(&app, &provider, &saying).await;
    assert_eq!(to, "/console?refused=unknown_identity", "who left is out");
    assert!(!has_session(&cookies));
    let log = app.texts("SELECT action AS t FROM audit WHERE action LIKE 'session.refused%'").await;
    assert_eq!(log, ["session.refused_identity"; 3]);
}

#[tokio::test]
async fn what_the_provider_did_not_sign_for_us_and_now_is_not_believed() {
    let provider = Provider::start().await;
    let app = town(&provider).await;
    let rosa = app.member(&[Role::Agent]).await;
    let good = provider.saying(&rosa.email);
    for (what, forged) in [
        ("another key", Saying { key: OTHER_KEY, ..good.clone() }),
        ("for another client", Saying { audience: "otro", ..good.clone() }),
        ("of another issuer", Saying { issuer: "https://otro.example.mx".to_owned(), ..good.clone() }),
        ("an answer to somebody else", Saying { nonce: Some("otra"), ..good.clone() }),
        ("expired", Saying { minutes: -1, ..good.clone() }),
    ] {
        let (to, cookies) = signs_in(&app, &provider, &forged).await;
        assert_eq!(to, "/console?refused=provider_down", "{what}");
        assert!(!has_session(&cookies), "{what}");
    }
    assert_eq!(signs_in(&app, &provider, &good).await.0, "/console");
}

#[tokio::test]
async fn a_provider_that_changed_its_keys_is_asked_for_them_again() {
    let provider = Provider::start().await;
    let app = town(&provider).await;
    let rosa = app.member(&[Role::Agent]).await;
    let saying = provider.saying(&rosa.email);
    assert_eq!(signs_in(&app, &provider, &saying).await.0, "/console");
    *provider.key.lock().unwrap() = OTHER_KEY;
    assert_eq!(signs_in(&app, &provider, &Saying { key: OTHER_KEY, ..saying }).await.0, "/console");
}

#[tokio::test]
async fn only_the_browser_that_went_there_comes_back_and_only_in_time() {
    let provider = Provider::start().await;
    let app = town(&provider).await;
    let rosa = app.member(&[Role::Agent]).await;
    let saying = provider.saying(&rosa.email);
    let asked = asks(&app, json!({})).await;
    provider.will_say(&saying, &asked, app.app().clock.now());
    let right = format!("code=any&state={}", asked.state);
    let (state, cookie) = (&asked.state, asked.cookie.as_str());
    for (cookie, query, code) in [
        ("", right.clone(), "attempt_gone"),
        ("ventanilla_sign_in=x.00", right.clone(), "attempt_gone"),
        (cookie, "code=any&state=otra".to_owned(), "attempt_gone"),
        (cookie, "code=any".to_owned(), "attempt_gone"),
        (cookie, format!("{right}&iss=https%3A%2F%2Fotro.example.mx"), "attempt_gone"),
        (cookie, format!("error=access_denied&state={state}"), "provider_refused"),
        (cookie, format!("state={state}"), "provider_refused"),
    ] {
        let (to, cookies) = comes_back(&app, cookie, &query).await;
        assert_eq!(to, format!("/console?refused={code}"), "{query}");
        assert!(!has_session(&cookies), "{query}");
    }
    app.advance(Duration::from_secs(10 * 60)).await;
    assert_eq!(comes_back(&app, cookie, &right).await.0, "/console?refused=attempt_gone", "too late");
}

#[tokio::test]
async fn an_invitation_is_accepted_without_a_password_and_works_once() {
    let provider = Provider::start().await;
    let app = town(&provider).await;
    let admin = app.member(&[Role::Admin]).await;
    let body = json!({ "name": "Eva Uc", "email": "eva@puertoceiba.example", "roles": ["agent"] });
    let made = admin.post("/staff/invitations", body).await.1;
    let token = made["link"].as_str().unwrap().split_once('#').unwrap().1;
    let saying = Saying { verified: false, ..provider.saying("otra@example.mx") };
    for expected in ["/console", "/console?refused=gone"] {
        let asked = asks(&app, json!({ "invitation": token })).await;
        provider.will_say(&saying, &asked, app.app().clock.now());
        let (to, _) = comes_back(&app, &asked.cookie, &format!("code=any&state={}", asked.state)).await;
        assert_eq!(to, expected);
    }
    assert_eq!(signs_in(&app, &provider, &saying).await.0, "/console", "from now on by the id");
    let hashes =
        "SELECT 'none' AS t FROM staff WHERE email = 'eva@puertoceiba.example' AND password_hash IS NULL";
    assert_eq!(app.texts(hashes).await, ["none"]);
}

/// Links the account of whoever is signed in.
async fn links(app: &TestApp, desk: &Desk<'_>, provider: &Provider, saying: &Saying) -> String {
    let password = json!({ "password": crate::support::staff::PASSWORD });
    let answer = desk.request(Method::POST, "/me/identity").json(&password).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    let asked = went(cookie, &answer.json().await.unwrap());
    provider.will_say(saying, &asked, app.app().clock.now());
    comes_back(app, &asked.cookie, &format!("code=any&state={}", asked.state)).await.0
}

#[tokio::test]
async fn an_account_is_linked_with_its_password_and_one_identity_opens_one_account() {
    let provider = Provider::start().await;
    let app = town(&provider).await;
    let (rosa, luis) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let (status, problem) = rosa.post("/me/identity", json!({ "password": "otra cosa" })).await;
    assert_eq!((status, &problem["code"]), (422, &json!("wrong_password")));
    let saying = Saying { verified: false, ..provider.saying("x@example.mx") };
    assert_eq!(links(&app, &rosa, &provider, &saying).await, "/console/account");
    assert_eq!(links(&app, &luis, &provider, &saying).await, "/console/account?refused=identity_taken");
    let (_, linked) = rosa.get("/me/identity").await;
    assert_eq!((&linked["provider"], linked["since"].is_i64()), (&json!("Mi Estado"), true));
    assert_eq!(rosa.delete("/me/identity").await.0, 204);
    assert_eq!(rosa.delete("/me/identity").await.0, 404);
    assert_eq!(signs_in(&app, &provider, &saying).await.0, "/console?refused=unknown_identity");
}

#[tokio::test]
async fn a_second_factor_is_asked_for_unless_the_provider_vouches_for_it() {
    let provider = Provider::start().await;
    for (vouches, demanded) in [(false, true), (true, false)] {
        let issuer = provider.issuer.clone();
        let settings = move |config: &mut ventanilla::config::Config| {
            config.oidc.issuer = issuer;
            config.oidc.client_id = CLIENT.to_owned();
            config.oidc.asks_second_factor = vouches;
            config.staff.second_factor = SecondFactor::Required;
        };
        let app = TestApp::builder().configure(settings).start().await;
        let rosa = app.member(&[Role::Agent]).await;
        let (_, cookies) = signs_in(&app, &provider, &provider.saying(&rosa.email)).await;
        let session = cookies.iter().find(|cookie| cookie.starts_with("ventanilla_session=")).unwrap();
        let session = session.split(';').next().unwrap();
        let me: Value =
            app.get("/api/v1/me").header("cookie", session).send().await.unwrap().json().await.unwrap();
        assert_eq!(me["second_factor_wanted"], demanded, "vouches: {vouches}");
        let chats = app.get("/api/v1/desk/chats").header("cookie", session).send().await.unwrap().status();
        assert_eq!(chats.as_u16(), if demanded { 403 } else { 200 });
    }
}

#[tokio::test]
async fn without_a_provider_nothing_is_offered() {
    let app = TestApp::new().await;
    let (_, offer) = app.desk("").get("/session/provider").await;
    assert_eq!(offer, json!({ "name": null }));
    let (status, problem) = app.desk("").post("/session/provider", json!({})).await;
    assert_eq!((status, &problem["code"]), (404, &json!("no_provider")));
}
