//! Photos that other systems send, or name by an address.

use std::{net::SocketAddr, time::Duration};

use axum::{Router, http::StatusCode, routing::get};
use reqwest::multipart::{Form, Part};
use serde_json::Value;
use ventanilla::{
    outgoing::{Work, pass},
    store,
};

use super::other::{Other, POTHOLE, request, row};
use crate::support::{TestApp, citizen::PHOTO};

/// A header of 60 000 x 60 000 pixels, and nothing behind it.
fn bomb() -> Vec<u8> {
    let mut bomb = PHOTO.to_vec();
    bomb.splice(16..24, [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    let step = |crc: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    let crc = !bomb[12..29]
        .iter()
        .fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)));
    bomb.splice(29..33, crc.to_be_bytes());
    bomb
}

/// A server with files.
async fn files() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let moved = (StatusCode::FOUND, [("location", "/photo.png")]);
    let inwards = (StatusCode::FOUND, [("location", "https://127.0.0.1/photo.png")]);
    let routes = Router::new()
        .route("/photo.png", get(|| async { PHOTO }))
        .route("/moved.png", get(move || async move { moved }))
        .route("/inwards.png", get(move || async move { inwards }))
        .route("/bomb.png", get(|| async { bomb() }))
        .route("/page.png", get(|| async { "<html>" }))
        .route("/large.png", get(|| async { vec![0_u8; 2 * 1024 * 1024] }))
        .route("/busy.png", get(|| async { StatusCode::SERVICE_UNAVAILABLE }));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    address
}

async fn town_with(files: SocketAddr) -> TestApp {
    let host = files.to_string();
    let own = move |config: &mut ventanilla::config::Config| {
        config.open311.photo_hosts = vec![host];
        config.open311.photo_megabytes = 1;
    };
    TestApp::builder().configure(own).start().await
}

async fn photos(app: &TestApp, id: &str) -> Vec<store::report_photos::ReportPhoto> {
    store::report_photos::of_report(app.app().store.read(), row(app, id).await.id).await.unwrap()
}

async fn last_reason(app: &TestApp, id: &str) -> Option<String> {
    let events = store::report_events::of_report(app.app().store.read(), row(app, id).await.id).await;
    events.unwrap().pop().unwrap().reason
}

#[tokio::test]
async fn a_photo_behind_an_address_is_drawn_anew_and_waits() {
    let files = files().await;
    let app = town_with(files).await;
    let other = Other::new(&app).await;
    for name in ["photo.png", "moved.png"] {
        let id = other.filed(&[("media_url", &format!("http://{files}/{name}"))]).await;
        pass(&app.app(), Work::Photos).await.unwrap();
        app.until("the photo is there", async || photos(&app, &id).await.len() == 1).await;
        let photo = photos(&app, &id).await.pop().unwrap();
        assert_eq!((photo.kind.as_str(), photo.moderation.as_str()), ("citizen", "waiting"));
        let bytes = app.app().media.get(photo.media).await.unwrap();
        assert!(bytes.starts_with(&[0xFF, 0xD8]), "a JPEG of ours, whatever came");
        assert!(request(&app, &id).await.get("media_url").is_none(), "nobody looked at it");
    }
}

#[tokio::test]
async fn a_photo_that_cannot_be_had_loses_nothing_else() {
    let files = files().await;
    let app = town_with(files).await;
    let other = Other::new(&app).await;
    for (name, reason) in [
        ("bomb.png", "photo_too_large"),
        ("page.png", "photo_no_picture"),
        ("large.png", "photo_too_large"),
        ("nothing.png", "photo_missing"),
        ("inwards.png", "photo_forbidden"),
    ] {
        let id = other.filed(&[("media_url", &format!("http://{files}/{name}"))]).await;
        pass(&app.app(), Work::Photos).await.unwrap();
        app.until("it is noted", async || last_reason(&app, &id).await.as_deref() == Some(reason)).await;
        assert_eq!(photos(&app, &id).await, [], "{name}");
        assert_eq!(request(&app, &id).await["status"], "open");
    }
}

#[tokio::test]
async fn one_that_does_not_answer_is_asked_again() {
    let files = files().await;
    let app = town_with(files).await;
    let id = Other::new(&app).await.filed(&[("media_url", &format!("http://{files}/busy.png"))]).await;
    for wait in [0, 30, 300, 3_600] {
        assert_eq!(last_reason(&app, &id).await, None);
        app.clock.advance(Duration::from_secs(wait));
        pass(&app.app(), Work::Photos).await.unwrap();
    }
    app.until("it is noted", async || last_reason(&app, &id).await.as_deref() == Some("photo_unreachable"))
        .await;
}

#[tokio::test]
async fn nobody_makes_the_server_look_into_the_town_hall() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    for url in [
        "http://example.org/a.jpg",
        "https://127.0.0.1/a.jpg",
        "https://10.0.0.1/a.jpg",
        "https://169.254.169.254/latest",
        "https://[::1]/a.jpg",
        "https://localhost/a.jpg",
        "file:///etc/passwd",
    ] {
        let form: Vec<_> = POTHOLE.iter().copied().chain([("media_url", url)]).collect();
        let answer = other.files(&form).await;
        assert_eq!(answer.status, 400, "{url}");
        assert!(answer.wrong().contains("media_url"), "{}", answer.text);
    }
}

async fn posts_files(app: &TestApp, files: Vec<Vec<u8>>) -> (u16, Value) {
    let other = Other::new(app).await;
    let fields = POTHOLE.iter().copied().chain([("api_key", other.key.as_str())]);
    let form = fields.fold(Form::new(), |form, (name, value)| form.text(name, value.to_owned()));
    let form = files.into_iter().fold(form, |form, bytes| {
        form.part("media[]", Part::bytes(bytes).file_name("foto.jpg").mime_str("image/jpeg").unwrap())
    });
    let answer = app.post("/open311/v2/requests.json").multipart(form).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn photos_may_come_with_the_request() {
    let app = TestApp::new().await;
    let (status, made) = posts_files(&app, vec![PHOTO.to_vec(), PHOTO.to_vec()]).await;
    assert_eq!(status, 200, "{made}");
    let id = made[0]["service_request_id"].as_str().unwrap();
    assert_eq!(photos(&app, id).await.len(), 2);
    let (status, _) = posts_files(&app, vec![PHOTO.to_vec(); 4]).await;
    assert_eq!(status, 400, "three are enough");
}

#[tokio::test]
async fn a_file_that_is_no_image_and_a_bomb_are_noted() {
    let app = TestApp::new().await;
    let (status, made) = posts_files(&app, vec![b"%PDF-1.7".to_vec(), bomb(), PHOTO.to_vec()]).await;
    assert_eq!(status, 200, "{made}");
    let id = made[0]["service_request_id"].as_str().unwrap();
    assert_eq!(photos(&app, id).await.len(), 1);
    let report = row(&app, id).await.id;
    let events = store::report_events::of_report(app.app().store.read(), report).await.unwrap();
    let reasons: Vec<_> = events.iter().filter_map(|event| event.reason.as_deref()).collect();
    assert_eq!(reasons, ["photo_no_picture", "photo_too_large"]);
}

#[tokio::test]
async fn a_photo_that_somebody_showed_has_an_address() {
    let app = TestApp::new().await;
    let (_, made) = posts_files(&app, vec![PHOTO.to_vec()]).await;
    let id = made[0]["service_request_id"].as_str().unwrap();
    let media = photos(&app, id).await[0].media;
    let other = app.other_connection().await;
    sea_orm::ConnectionTrait::execute_unprepared(&other, "UPDATE report_photos SET moderation = 'shown'")
        .await
        .unwrap();
    let expected = format!("{}/reportes/foto/{media}", app.url(""));
    assert_eq!(request(&app, id).await["media_url"], expected);
}
