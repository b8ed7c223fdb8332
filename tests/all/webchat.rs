//! The chat as the browser sees it: which pages may use it, and which files a visitor may see.

use reqwest::{Method, Response};
use serde_json::Value;

use crate::support::{TOWN_SITE, TestApp};

async fn session(app: &TestApp, origin: &str) -> Response {
    app.post("/webchat/session").header("origin", origin).send().await.unwrap()
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn the_towns_own_site_may_use_the_chat_and_the_browser_is_told_so() {
    let app = TestApp::new().await;
    let asked = app.app().http.request(Method::OPTIONS, app.url("/webchat/messages"));
    let asked = asked.header("origin", TOWN_SITE).header("access-control-request-method", "POST");
    let asked =
        asked.header("access-control-request-headers", "authorization,content-type").send().await.unwrap();
    assert_eq!(asked.status(), 204);
    assert_eq!(header(&asked, "access-control-allow-origin"), TOWN_SITE);
    assert_eq!(header(&asked, "access-control-allow-headers"), "authorization, content-type");
    let opened = session(&app, TOWN_SITE).await;
    assert_eq!((opened.status().as_u16(), header(&opened, "access-control-allow-origin")), (200, TOWN_SITE));
    assert_eq!((header(&opened, "vary"), header(&opened, "cache-control")), ("Origin", "no-store"));
}

#[tokio::test]
async fn our_own_pages_and_programs_need_no_permission() {
    let app = TestApp::new().await;
    assert_eq!(session(&app, &app.url("")).await.status(), 200);
    assert_eq!(app.post("/webchat/session").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_strangers_page_is_refused_and_can_read_what_to_do() {
    let app = TestApp::new().await;
    let refused = session(&app, "https://other.example").await;
    assert_eq!(refused.status(), 403);
    assert_eq!(header(&refused, "access-control-allow-origin"), "https://other.example");
    let problem: Value = refused.json().await.unwrap();
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("`origins` in the section [webchat]"), "{detail}");
    let posted = app.post("/webchat/messages").header("origin", "https://other.example");
    assert_eq!(posted.body("{}").send().await.unwrap().status(), 403, "the adapter's route is guarded too");
    let elsewhere = app.get("/healthz").header("origin", "https://other.example").send().await.unwrap();
    assert_eq!((elsewhere.status().as_u16(), header(&elsewhere, "access-control-allow-origin")), (200, ""));
}

async fn token(app: &TestApp) -> String {
    let answer: Value = session(app, TOWN_SITE).await.json().await.unwrap();
    answer["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_visitor_sees_their_own_photo_and_nobody_elses() {
    let app = TestApp::new().await;
    let (lupe, beto) = (token(&app).await, token(&app).await);
    let photo = app.post("/webchat/media").bearer_auth(&lupe).header("content-type", "image/png");
    let kept: Value = photo.body("not really a photo").send().await.unwrap().json().await.unwrap();
    let path = format!("/webchat/media/{}", kept["media"].as_str().unwrap());
    let mine = app.get(&path).bearer_auth(&lupe).send().await.unwrap();
    assert_eq!((mine.status().as_u16(), header(&mine, "content-type")), (200, "image/png"));
    assert_eq!(header(&mine, "content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(header(&mine, "x-content-type-options"), "nosniff");
    assert_eq!(mine.text().await.unwrap(), "not really a photo");
    assert_eq!(app.get(&path).bearer_auth(&beto).send().await.unwrap().status(), 404);
    assert_eq!(app.get(&path).send().await.unwrap().status(), 401);
    let unknown = "/webchat/media/01990000-0000-7000-8000-000000000000";
    assert_eq!(app.get(unknown).bearer_auth(&lupe).send().await.unwrap().status(), 404);
}
