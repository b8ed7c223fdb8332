//! Fetching what came with an MMS.

use super::*;
use crate::MediaKind;

const SOURCE: &str = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1";
const STORE: &str = "https://media.twiliocdn.example/AC1/9f3c?Signature=EJEMPLO";
const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0rest of a photo";

fn media(source: &str) -> Media {
    let kind = MediaKind::Image;
    Media { kind, source: source.to_owned(), mime: "image/jpeg".to_owned(), caption: None, voice: false }
}

fn step(answer: Option<&Response<Bytes>>) -> MediaStep {
    sms().media(&media(SOURCE), answer)
}

fn fetch(step: MediaStep) -> Request<Bytes> {
    match step {
        MediaStep::Fetch(request) => request,
        other => panic!("{other:?}"),
    }
}

fn failed(step: MediaStep) -> SendError {
    match step {
        MediaStep::Failed(error) => error,
        other => panic!("{other:?}"),
    }
}

fn sent_on(request: &Request<Bytes>, to: &str) -> MediaStep {
    let mut answer = answer(request, 307, "");
    answer.headers_mut().insert("location", to.parse().unwrap());
    step(Some(&answer))
}

fn mime_of(declared: &str, bytes: &[u8]) -> String {
    let asked = fetch(step(None));
    let media = Media { mime: declared.to_owned(), ..media(SOURCE) };
    match sms().media(&media, Some(&answer(&asked, 200, bytes))) {
        MediaStep::Done { mime, .. } => mime,
        other => panic!("{other:?}"),
    }
}

#[test]
fn twilio_is_asked_with_our_key_and_its_store_without() {
    let first = fetch(step(None));
    assert_eq!(first.uri(), SOURCE);
    assert!(first.headers().contains_key("authorization"));
    let second = fetch(sent_on(&first, STORE));
    assert_eq!(second.uri(), STORE);
    assert!(second.headers().is_empty(), "the key is for Twilio alone");
    match step(Some(&answer(&second, 200, JPEG))) {
        MediaStep::Done { mime, bytes } => assert_eq!((mime.as_str(), &bytes[..]), ("image/jpeg", JPEG)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_twilios_own_interface_is_asked() {
    for source in [
        "https://evil.example/foto.jpg",
        "http://api.twilio.com/foto.jpg",
        "https://api.twilio.com.evil.example/",
        "https://api.twilio.com@evil.example/",
        "https://user:pass@api.twilio.com/",
        "https://api.twilio.com:8443/",
        "https://evilapi.twilio.com/",
        "file:///etc/passwd",
        "no es una dirección",
        "",
    ] {
        assert_eq!(failed(sms().media(&media(source), None)).retry, Retry::Never, "{source}");
    }
    let region = "https://api.sydney.au1.twilio.com/2010-04-01/foto";
    assert!(fetch(sms().media(&media(region), None)).headers().contains_key("authorization"));
}

#[test]
fn we_are_not_sent_into_our_own_house() {
    let first = fetch(step(None));
    for to in [
        "http://media.twiliocdn.example/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://localhost/x",
        "https://169.254.169.254/latest",
        "https://interno.example:5432/x",
        "https://a@interno.example/x",
        "/otra/parte",
        "ftp://x.example/",
    ] {
        assert_eq!(failed(sent_on(&first, to)).fault, Fault::Provider, "{to}");
    }
}

#[test]
fn a_simulator_that_is_configured_may_be_visited_in_plain_http() {
    let mut config = config();
    config.twilio.as_mut().unwrap().base_url = "http://127.0.0.1:9200".to_owned();
    let sms = Sms::new(config);
    let photo = media("http://127.0.0.1:9200/2010-04-01/foto");
    let first = fetch(sms.media(&photo, None));
    assert!(first.headers().contains_key("authorization"));
    let mut sent_on = answer(&first, 302, "");
    sent_on.headers_mut().insert("location", "http://127.0.0.1:9200/almacen/foto".parse().unwrap());
    assert!(fetch(sms.media(&photo, Some(&sent_on))).headers().is_empty());
    assert_eq!(failed(sms.media(&media("http://127.0.0.1:9201/foto"), None)).fault, Fault::Message);
}

#[test]
fn being_sent_round_in_circles_ends() {
    let mut request = fetch(step(None));
    for _ in 0..3 {
        request = fetch(sent_on(&request, STORE));
    }
    assert_eq!(failed(sent_on(&request, STORE)).retry, Retry::Never);
}

#[test]
fn the_first_bytes_say_what_it_is() {
    assert_eq!(mime_of("image/png", JPEG), "image/jpeg");
    assert_eq!(mime_of("image/jpeg", b"\x89PNG\r\n\x1A\n..."), "image/png");
    assert_eq!(mime_of("image/jpeg", b"GIF89a..."), "image/gif");
    assert_eq!(mime_of("image/jpeg", b"RIFF\0\0\0\0WEBP"), "image/webp");
    assert_eq!(mime_of("text/plain", b"%PDF-1.7"), "application/pdf");
    assert_eq!(mime_of("image/jpeg", b"<html>"), "application/octet-stream");
    assert_eq!(mime_of("audio/amr", b"#!AMR\n"), "audio/amr");
}

#[test]
fn what_goes_wrong_says_whether_to_try_again() {
    let asked = fetch(step(None));
    let read = |status, bytes: Vec<u8>| {
        let error = failed(step(Some(&answer(&asked, status, bytes))));
        (error.fault, error.retry)
    };
    assert_eq!(read(401, vec![]), (Fault::Account, Retry::Never));
    assert_eq!(read(404, vec![]), (Fault::Provider, Retry::Never));
    assert_eq!(read(429, vec![]), (Fault::Provider, Retry::Backoff));
    assert_eq!(read(503, vec![]), (Fault::Provider, Retry::Backoff));
    assert_eq!(read(200, vec![]), (Fault::Provider, Retry::Backoff));
    assert_eq!(read(200, vec![0; 5 * 1024 * 1024 + 1]), (Fault::Message, Retry::Never));
}

#[test]
fn without_an_account_there_is_nothing_to_fetch() {
    let bare = Sms::new(SmsConfig { twilio: None, ..config() });
    assert_eq!(failed(bare.media(&media(SOURCE), None)).fault, Fault::Account);
}
