//! Bringing a file of ours to Meta.

use super::*;
use crate::{Fault, Retry};

const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0 a photo\r\n--ventanilla-";

fn upload(mime: &str, bytes: &[u8]) -> Option<Request<Bytes>> {
    whatsapp().upload(NUMBER, mime, &Bytes::copy_from_slice(bytes))
}

/// The parts of a form, read as RFC 7578 says: (headers, content).
fn parts(request: &Request<Bytes>) -> Vec<(String, Vec<u8>)> {
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let find = |from: &[u8], what: &[u8]| from.windows(what.len()).position(|window| window == what);
    let mut rest = request.body().strip_prefix(format!("--{boundary}\r\n").as_bytes()).unwrap();
    let mut parts = Vec::new();
    loop {
        let head = find(rest, b"\r\n\r\n").unwrap();
        let content = &rest[head + 4..];
        let end = find(content, format!("\r\n--{boundary}").as_bytes()).unwrap();
        parts.push((String::from_utf8(rest[..head].to_vec()).unwrap(), content[..end].to_vec()));
        let after = &content[end + 4 + boundary.len()..];
        if after == b"--\r\n" {
            return parts;
        }
        rest = after.strip_prefix(b"\r\n").unwrap();
    }
}

#[test]
fn a_file_travels_as_a_form_of_three_parts() {
    let request = upload("image/jpeg", JPEG).unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://graph.facebook.com/v26.0/106540352242922/media");
    assert_eq!(request.headers()["authorization"], "Bearer EAAG-token-de-prueba");
    let form =
        |head: &str, content: &[u8]| (format!("Content-Disposition: form-data; {head}"), content.to_vec());
    assert_eq!(
        parts(&request),
        [
            form("name=\"messaging_product\"", b"whatsapp"),
            form("name=\"type\"", b"image/jpeg"),
            form("name=\"file\"; filename=\"archivo\"\r\nContent-Type: image/jpeg", JPEG),
        ]
    );
}

#[test]
fn the_type_is_said_without_parameters() {
    let request = upload("Audio/OGG; codecs=opus", b"OggS").unwrap();
    assert_eq!(parts(&request)[1].1, b"audio/ogg");
}

#[test]
fn what_meta_would_not_take_is_not_sent() {
    for mime in
        ["image/gif", "image/svg+xml", "audio/wav", "video/webm", "", "pdf", "a/b\r\nX: y", "a/b c", "/"]
    {
        assert!(upload(mime, b"x").is_none(), "{mime}");
    }
    assert!(upload("image/jpeg", b"").is_none());
    for account in ["1", "", "../me"] {
        assert!(whatsapp().upload(account, "image/jpeg", &Bytes::from_static(JPEG)).is_none());
    }
}

#[test]
fn every_kind_has_its_own_limit() {
    let megabyte = 1024 * 1024;
    for (mime, limit) in [
        ("image/png", 5 * megabyte),
        ("audio/ogg", 16 * megabyte),
        ("video/mp4", 16 * megabyte),
        ("application/pdf", 100 * megabyte),
        ("image/webp", 500 * 1024),
    ] {
        let bytes = Bytes::from(vec![0; limit + 1]);
        assert!(whatsapp().upload(NUMBER, mime, &bytes).is_none(), "{mime}");
        let small = limit < 10 * megabyte;
        assert!(!small || whatsapp().upload(NUMBER, mime, &bytes.slice(1..)).is_some(), "{mime}");
    }
}

fn answered(status: u16, body: Vec<u8>) -> Result<String, SendError> {
    let answer = Response::builder().status(status).body(Bytes::from(body)).unwrap();
    whatsapp().uploaded(Ok(&answer))
}

#[test]
fn the_answer_is_the_id_to_send_it_by() {
    assert_eq!(answered(200, fixture("media_upload_response.json")), Ok("4490709327384033".to_owned()));
    assert_eq!(answered(200, br#"{"id":7}"#.to_vec()), Ok("7".to_owned()));
}

#[test]
fn whatever_is_in_doubt_is_tried_again_because_a_second_copy_does_no_harm() {
    let doubt = |outcome: Result<String, SendError>| {
        let error = outcome.unwrap_err();
        assert_eq!((error.retry, error.fault), (Retry::Backoff, Fault::Provider), "{}", error.sentence);
    };
    for (status, body) in [(200, "{}"), (200, r#"{"id":"../me"}"#), (500, "<html>"), (400, "<html>")] {
        doubt(answered(status, body.into()));
    }
    doubt(answered(400, fixture("media_upload_error_131053.json")));
    doubt(whatsapp().uploaded(Err(CallFailure::NoAnswer)));
    doubt(whatsapp().uploaded(Err(CallFailure::NotConnected)));
}

#[test]
fn a_refusal_is_read_by_its_code() {
    let token = answered(401, fixture("out_error_190.json")).unwrap_err();
    assert_eq!((token.fault, token.retry, token.code), (Fault::Account, Retry::Never, Some(190)));
}
