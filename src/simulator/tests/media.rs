use std::sync::atomic::Ordering;

use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::support::{Bench, MARIA, NUMBER, TOKEN, answered, soon};
use crate::simulator::Fault;

const PHOTO: &[u8] = b"\xff\xd8\xff\xe0 not much of a photo";

async fn photo(bench: &Bench) -> Value {
    let url = format!("{}/simulator/api/phones/{MARIA}/photo?caption=As%C3%AD%20est%C3%A1", bench.base);
    let (status, body) =
        answered(bench.http.post(url).header("content-type", "image/jpeg").body(PHOTO)).await;
    assert_eq!(status, 202);
    let message = bench.hook().await.value()["messages"][0].clone();
    assert_eq!(message["id"], body["id"]);
    message["image"].clone()
}

async fn status_of(bench: &Bench, url: &str, token: &str) -> u16 {
    soon(bench.http.get(url).bearer_auth(token).send()).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_photo_is_resolved_and_fetched_with_the_bearer_within_five_minutes() {
    let bench = Bench::new().await;
    let image = photo(&bench).await;
    assert_eq!(image["caption"], "Así está");
    assert_eq!(image["sha256"], BASE64_STANDARD.encode(Sha256::digest(PHOTO)));
    let id = image["id"].as_str().unwrap();
    let resolve = || bench.http.get(format!("{}/simulator/graph/v26.0/{id}", bench.base)).bearer_auth(TOKEN);
    let (_, media) = answered(resolve()).await;
    assert_eq!(media["sha256"], hex::encode(Sha256::digest(PHOTO)));
    assert_eq!(media["mime_type"], "image/jpeg");
    let url = media["url"].as_str().unwrap();
    let bytes = soon(bench.http.get(url).bearer_auth(TOKEN).send()).await.unwrap().bytes().await.unwrap();
    assert_eq!(&bytes[..], PHOTO);
    assert_eq!(status_of(&bench, url, "otro").await, 401);
    assert_eq!(status_of(&bench, &url.replace("&ext=1", "&ext=2"), TOKEN).await, 404);
    bench.now.fetch_add(300_000, Ordering::SeqCst);
    assert_eq!(status_of(&bench, url, TOKEN).await, 404);
    let (_, again) = answered(resolve()).await;
    assert_eq!(status_of(&bench, again["url"].as_str().unwrap(), TOKEN).await, 200);
    bench.now.fetch_add(7 * 86_400_000, Ordering::SeqCst);
    assert_eq!(answered(resolve()).await.1["error"]["error_subcode"], 33);
}

#[tokio::test]
async fn the_page_sees_the_picture_without_a_bearer() {
    let bench = Bench::new().await;
    photo(&bench).await;
    let bubble = bench.page(&format!("phones/{MARIA}/messages")).await["messages"][0].clone();
    assert_eq!((&bubble["type"], &bubble["text"]), (&json!("image"), &json!("Así está")));
    let url = format!("{}{}", bench.base, bubble["media_url"].as_str().unwrap());
    let answer = soon(bench.http.get(url).send()).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "image/jpeg");
    assert_eq!(&answer.bytes().await.unwrap()[..], PHOTO);
}

#[tokio::test]
async fn an_upload_can_be_sent_and_deleted() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    let upload = |kind: &'static str| {
        let file = Part::bytes(PHOTO).file_name("mapa.png").mime_str("image/png").unwrap();
        let form = Form::new().text("messaging_product", "whatsapp").text("type", kind).part("file", file);
        bench
            .http
            .post(format!("{}/simulator/graph/v26.0/{NUMBER}/media", bench.base))
            .bearer_auth(TOKEN)
            .multipart(form)
    };
    assert_eq!(answered(upload("image/jpeg")).await.1["error"]["code"], 100);
    let (_, uploaded) = answered(upload("image/png")).await;
    let image = json!({"id": uploaded["id"], "caption": "Aquí"});
    let body = json!({"messaging_product": "whatsapp", "to": MARIA, "type": "image", "image": image});
    assert_eq!(bench.sends(body.clone()).await.0, 200);
    let id = uploaded["id"].as_str().unwrap();
    assert_eq!(bench.sim.bubbles(MARIA, 1)[0].view.media_url, Some(format!("/simulator/media/{id}")));
    let delete = bench.http.delete(format!("{}/simulator/graph/v26.0/{id}", bench.base)).bearer_auth(TOKEN);
    assert_eq!(answered(delete).await, (200, json!({"success": true})));
    assert_eq!(bench.sends(body).await.1["error"]["code"], 131_009);
}

#[tokio::test]
async fn a_photo_is_a_jpeg_or_a_png() {
    let bench = Bench::new().await;
    let url = format!("{}/simulator/api/phones/{MARIA}/photo", bench.base);
    assert_eq!(answered(bench.http.post(url).header("content-type", "image/gif").body(PHOTO)).await.0, 415);
}

#[tokio::test]
async fn files_vanish_break_off_or_never_end_when_told_to() {
    let bench = Bench::new().await;
    let url = photo(&bench).await["url"].as_str().unwrap().to_owned();
    let get = || soon(bench.http.get(&url).bearer_auth(TOKEN).send());
    bench.sim.arm(Fault::MediaGone, 1);
    assert_eq!(get().await.unwrap().status(), 404);
    bench.sim.arm(Fault::MediaTruncated, 1);
    let answer = get().await.unwrap();
    assert_eq!(answer.content_length(), Some(PHOTO.len() as u64));
    assert!(soon(answer.bytes()).await.is_err());
    bench.sim.arm(Fault::MediaOversized, 1);
    let mut answer = get().await.unwrap();
    let mut came = 0;
    while let Some(chunk) = soon(answer.chunk()).await.unwrap() {
        came += chunk.len();
    }
    assert!(came > 100 << 20);
    assert_eq!(&soon(get().await.unwrap().bytes()).await.unwrap()[..], PHOTO);
}
