//! Fetching a file, one request at a time.

use super::*;
use crate::{MediaKind, Retry};

const FILE: &str = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1003383421387256&ext=1795200300&hash=EJEMPLO";
const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0rest of a photo";

fn photo() -> Media {
    media(MediaKind::Image, "image/jpeg")
}

fn media(kind: MediaKind, mime: &str) -> Media {
    Media { kind, source: "1003383421387256".to_owned(), mime: mime.to_owned(), caption: None, voice: false }
}

fn fetch(step: MediaStep) -> Request<Bytes> {
    match step {
        MediaStep::Fetch(request) => request,
        other => panic!("{other:?}"),
    }
}

fn failure(step: MediaStep) -> SendError {
    match step {
        MediaStep::Failed(error) => error,
        other => panic!("{other:?}"),
    }
}

/// The answer to a request, with the request's memory.
fn answer(request: &Request<Bytes>, status: u16, body: impl Into<Vec<u8>>) -> Response<Bytes> {
    let mut answer = Response::builder().status(status).body(Bytes::from(body.into())).unwrap();
    *answer.extensions_mut() = request.extensions().clone();
    answer
}

/// The request for the file itself, after Meta said where it is.
fn found(media: &Media) -> Request<Bytes> {
    let asked = fetch(whatsapp().media(media, None));
    fetch(whatsapp().media(media, Some(&answer(&asked, 200, fixture("media_get_response.json")))))
}

fn read(media: &Media, bytes: &[u8]) -> MediaStep {
    whatsapp().media(media, Some(&answer(&found(media), 200, bytes)))
}

fn mime_of(media: &Media, bytes: &[u8]) -> String {
    match read(media, bytes) {
        MediaStep::Done { mime, .. } => mime,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_photo_takes_two_requests_that_carry_our_token() {
    let asked = fetch(whatsapp().media(&photo(), None));
    assert_eq!(asked.uri(), "https://graph.facebook.com/v26.0/1003383421387256");
    assert_eq!(asked.headers()["authorization"], "Bearer EAAG-token-de-prueba");
    let file = found(&photo());
    assert_eq!(file.uri(), FILE);
    assert_eq!(file.headers()["authorization"], "Bearer EAAG-token-de-prueba");
    assert_eq!(mime_of(&photo(), JPEG), "image/jpeg");
}

#[test]
fn the_bytes_say_what_a_picture_is_and_the_message_what_the_rest_is() {
    assert_eq!(mime_of(&photo(), b"\x89PNG\r\n\x1a\n..."), "image/png");
    assert_eq!(mime_of(&photo(), b"RIFF\x10\0\0\0WEBPVP8 "), "image/webp");
    assert_eq!(mime_of(&photo(), b"<svg onload=alert(1)>"), "application/octet-stream");
    assert_eq!(mime_of(&media(MediaKind::Audio, "audio/ogg; codecs=opus"), b"OggS"), "audio/ogg");
}

#[test]
fn an_address_that_died_is_asked_for_once_more() {
    let photo = photo();
    for died in [403, 404, 410] {
        let again = fetch(whatsapp().media(&photo, Some(&answer(&found(&photo), died, ""))));
        assert_eq!(again.uri(), "https://graph.facebook.com/v26.0/1003383421387256");
        let directions = answer(&again, 200, fixture("media_get_response.json"));
        let second = fetch(whatsapp().media(&photo, Some(&directions)));
        let error = failure(whatsapp().media(&photo, Some(&answer(&second, died, ""))));
        assert_eq!(error.retry, Retry::Never);
    }
}

#[test]
fn without_the_requests_memory_it_still_ends() {
    let bare =
        |status: u16, body: Vec<u8>| Response::builder().status(status).body(Bytes::from(body)).unwrap();
    let directions = bare(200, fixture("media_get_response.json"));
    assert_eq!(fetch(whatsapp().media(&photo(), Some(&directions))).uri(), FILE);
    assert!(matches!(whatsapp().media(&photo(), Some(&bare(200, JPEG.to_vec()))), MediaStep::Done { .. }));
    failure(whatsapp().media(&photo(), Some(&bare(404, Vec::new()))));
}

#[test]
fn our_token_visits_no_host_that_is_not_on_the_list() {
    let directions = |url: &str| {
        let photo = photo();
        let asked = fetch(whatsapp().media(&photo, None));
        let told = json!({"url": url, "id": "1003383421387256", "file_size": 10}).to_string();
        whatsapp().media(&photo, Some(&answer(&asked, 200, told)))
    };
    for good in
        [FILE, "https://mmg.whatsapp.net/f", "http://127.0.0.1:9111/f", "https://graph.facebook.com/f"]
    {
        assert_eq!(fetch(directions(good)).uri(), good);
    }
    for bad in [
        "https://evil.example/f",
        "http://lookaside.fbsbx.com/f",
        "https://lookaside.fbsbx.com@evil.example/f",
        "https://lookaside.fbsbx.com.evil.example/f",
        "https://evilwhatsapp.net/f",
        "http://127.0.0.1/f",
        "http://127.0.0.1:22/f",
        "file:///etc/passwd",
        "//evil.example",
        "",
    ] {
        failure(directions(bad));
    }
}

#[test]
fn a_simulator_may_hand_out_files_where_it_takes_messages() {
    let base_url = "http://127.0.0.1:7000".to_owned();
    let adapter = WhatsApp::new(WhatsAppConfig { base_url, media_hosts: Vec::new(), ..config() });
    let at = |source: &str| adapter.media(&Media { source: source.to_owned(), ..photo() }, None);
    fetch(at("http://127.0.0.1:7000/files/1"));
    failure(at("http://127.0.0.1:7001/files/1"));
}

#[test]
fn a_source_that_is_no_id_asks_nothing() {
    for source in ["", "../../me", "1?fields=token", "1/2"] {
        failure(whatsapp().media(&Media { source: source.to_owned(), ..photo() }, None));
    }
    let ready = Media { source: FILE.to_owned(), ..photo() };
    assert_eq!(fetch(whatsapp().media(&ready, None)).uri(), FILE);
}

#[test]
fn a_photo_of_more_than_five_megabytes_is_not_kept_whether_announced_or_not() {
    let photo = photo();
    let asked = fetch(whatsapp().media(&photo, None));
    let told = json!({"url": FILE, "file_size": "5242881"}).to_string();
    let announced = failure(whatsapp().media(&photo, Some(&answer(&asked, 200, told))));
    let silent = failure(read(&photo, &vec![0xFF; 5 * 1024 * 1024 + 1]));
    assert_eq!(announced, silent);
    assert_eq!(silent.sentence, "El archivo pesa más de 5 MB: pídele a la persona uno más ligero.");
}

#[test]
fn trouble_on_metas_side_is_worth_another_try() {
    let photo = photo();
    let asked = fetch(whatsapp().media(&photo, None));
    assert_eq!(failure(whatsapp().media(&photo, Some(&answer(&asked, 503, "")))).retry, Retry::Backoff);
    assert_eq!(failure(read(&photo, b"")).retry, Retry::Backoff);
    assert_eq!(failure(whatsapp().media(&photo, Some(&answer(&found(&photo), 302, "")))).retry, Retry::Never);
}
