//! Photos: copies that hold nothing but the picture, shown only when somebody of the town said so.

use sea_orm::ConnectionTrait;
use uuid::Uuid;
use ventanilla::{
    reports::copies,
    store::{self, report_photos::ReportPhoto},
};

use super::{CENTRO, filed, page};
use crate::support::{TestApp, citizen::PHOTO};

/// A photo of a report, with its file.
async fn photo(app: &TestApp, report: Uuid, bytes: &[u8]) -> Uuid {
    let server = app.app();
    let media = server.ids.next();
    server.media.put(media, bytes).await.unwrap();
    let unit = server.store.unit().await.unwrap();
    let photo = ReportPhoto {
        media,
        report,
        kind: "citizen".to_owned(),
        moderation: "waiting".to_owned(),
        added_at: server.clock.now(),
    };
    store::report_photos::add(&unit, &photo).await.unwrap();
    unit.commit().await.unwrap();
    app.until("copies are drawn", async || {
        copies::draw_waiting(&server).await.unwrap();
        store::photo_copies::waiting(server.store.read(), 9).await.unwrap().is_empty()
    })
    .await;
    media
}

async fn moderate(app: &TestApp, moderation: &str) {
    let unit = app.app().store.unit().await.unwrap();
    unit.execute_unprepared(&format!("UPDATE report_photos SET moderation = '{moderation}'")).await.unwrap();
    unit.commit().await.unwrap();
}

async fn status(app: &TestApp, path: &str) -> u16 {
    app.get(path).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_photo_is_nowhere_until_somebody_of_the_town_shows_it_and_again_when_hidden() {
    let app = TestApp::new().await;
    let row = filed(&app, "pothole", CENTRO).await;
    let media = photo(&app, row.id, PHOTO).await;
    let (url, folio) = (format!("/reportes/foto/{media}"), format!("/reportes/{}", row.folio));
    assert_eq!(status(&app, &url).await, 404, "it waits");
    assert!(!page(&app, &folio).await.1.contains("/reportes/foto/"));

    moderate(&app, "shown").await;
    let answer = app.get(&format!("{url}?s=1")).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (200, &"image/jpeg".parse().unwrap())
    );
    assert!(answer.headers()["cache-control"].to_str().unwrap().contains("max-age=60"));
    let etag = answer.headers()["etag"].clone();
    assert!(answer.bytes().await.unwrap().starts_with(&[0xFF, 0xD8]), "drawn anew as JPEG");
    let again = app.get(&format!("{url}?s=1")).header("if-none-match", &etag).send().await.unwrap();
    assert_eq!(again.status(), 304);
    let html = page(&app, &folio).await.1;
    assert!(html.contains(&url) && html.contains("Foto de quien reportó, 23 de noviembre de 2026"), "{html}");

    moderate(&app, "hidden").await;
    let again = app.get(&format!("{url}?s=1")).header("if-none-match", &etag).send().await.unwrap();
    assert_eq!(again.status(), 404, "also to who saw it");
}

#[tokio::test]
async fn what_is_no_picture_is_never_shown_and_stops_nobody() {
    let app = TestApp::new().await;
    let row = filed(&app, "pothole", CENTRO).await;
    let page_of_html = photo(&app, row.id, b"<html><script>alert(1)</script>").await;
    let good = photo(&app, row.id, PHOTO).await;
    moderate(&app, "shown").await;
    assert_eq!(status(&app, &format!("/reportes/foto/{page_of_html}")).await, 404);
    assert_eq!(status(&app, &format!("/reportes/foto/{good}")).await, 200);
    for wrong in ["x", "..%2f", "00000000-0000-0000-0000-000000000000"] {
        assert_eq!(status(&app, &format!("/reportes/foto/{wrong}")).await, 404, "{wrong}");
    }
    // The copies themselves have no address.
    let copy = copies::file(good, copies::Size::Large);
    assert_eq!(status(&app, &format!("/reportes/foto/{copy}")).await, 404);
}

#[tokio::test]
async fn a_photo_of_a_private_report_is_never_shown() {
    let app = TestApp::new().await;
    let row = filed(&app, "corruption", CENTRO).await;
    let media = photo(&app, row.id, PHOTO).await;
    moderate(&app, "shown").await;
    assert_eq!(status(&app, &format!("/reportes/foto/{media}")).await, 404);
}
