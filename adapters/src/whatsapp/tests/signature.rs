//! Who may talk to us.

use super::*;

fn status_of(request: &Request<Bytes>) -> StatusCode {
    whatsapp().receive(request).unwrap_err().status
}

#[test]
fn every_fixture_verifies_with_the_signature_meta_would_send() {
    let vectors = fixture_json("signatures.json");
    let files = vectors["files"].as_object().unwrap();
    assert_eq!(files.len(), 25);
    for (name, signature) in files {
        let signature = signature.as_str().unwrap();
        assert!(whatsapp().receive(&post(fixture(name), signature)).is_ok(), "{name}");
    }
}

#[test]
fn the_published_vectors_fit() {
    let compact = br#"{"object":"whatsapp_business_account","entry":[]}"#;
    let spaced = br#"{"object": "whatsapp_business_account", "entry": []}"#;
    for (secret, body, hex) in [
        ("test_app_secret", &compact[..], "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"),
        ("test_app_secret", &spaced[..], "56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a"),
        ("otro_secreto", &compact[..], "769b03d8c2ae6498f2d1e1f7299c0ba55448c69d741e7b0bb243d852d8a8d8c7"),
    ] {
        let adapter = WhatsApp::new(WhatsAppConfig { app_secrets: vec![secret.to_owned()], ..config() });
        assert!(adapter.receive(&post(body, &format!("sha256={hex}"))).is_ok());
    }
}

#[test]
fn the_bytes_are_signed_and_not_their_meaning() {
    let written = br#"{"object":"whatsapp_business_account","entry":[]}"#;
    let rewritten = br#"{"object": "whatsapp_business_account", "entry": []}"#;
    assert_eq!(status_of(&post(rewritten, &sign(SECRET, written))), 401);
    // Meta escapes letters and slashes in ways no serializer repeats.
    let escaped = fixture("in_text_compact_escaped.json");
    let signature = sign(SECRET, &escaped);
    assert!(whatsapp().receive(&post(escaped, &signature)).is_ok());
    let again = fixture_json("in_text_compact_escaped.json").to_string();
    assert_eq!(status_of(&post(again, &signature)), 401);
}

#[test]
fn whoever_cannot_sign_is_refused_before_anything_is_read() {
    let body = fixture("in_text.json");
    let good = sign(SECRET, &body);
    let short: String = good.chars().take(good.len() - 2).collect();
    for bad in ["", "sha256=", "sha256=zz", &short, &good.replace("sha256", "sha1"), &sign("otro", &body)] {
        assert_eq!(status_of(&post(body.clone(), bad)), 401, "{bad}");
    }
    assert_eq!(status_of(&Request::post(PATH).body(Bytes::from(body)).unwrap()), 401);
    assert_eq!(status_of(&post("basura", &sign("otro", b"basura"))), 401);
}

#[test]
fn both_secrets_are_good_while_they_rotate_and_an_empty_one_never_is() {
    let body = fixture("in_text.json");
    assert!(whatsapp().receive(&post(body.clone(), &sign("el_secreto_anterior", &body))).is_ok());
    let careless = WhatsApp::new(WhatsAppConfig { app_secrets: vec![String::new()], ..config() });
    assert!(careless.receive(&post(body.clone(), &sign("", &body))).is_err());
}

#[test]
fn four_megabytes_are_refused_and_three_are_read() {
    let four = vec![b' '; 4 * 1024 * 1024];
    assert_eq!(status_of(&post(four.clone(), &sign(SECRET, &four))), 413);
    let three = vec![b' '; 3 * 1024 * 1024];
    assert_eq!(receive(three).quarantined.len(), 1);
    assert!(whatsapp().routes().iter().all(|route| route.max_body <= MAX_BODY));
}

fn handshake(query: &str) -> Result<Reception, Refusal> {
    whatsapp().receive(&Request::get(format!("{PATH}?{query}")).body(Bytes::new()).unwrap())
}

#[test]
fn the_handshake_gives_the_challenge_back_as_plain_text() {
    let query = String::from_utf8(fixture("verify_ok.form")).unwrap();
    let response = handshake(&query).unwrap().response;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/plain");
    assert_eq!(response.body(), "1158201444");
}

#[test]
fn the_challenge_is_decoded_byte_for_byte() {
    let query =
        "hub.challenge=a%2Bb+c%25%zz%F3&hub%2Emode=subscribe&hub.verify_token=token%2Dverificacion-municipal";
    assert_eq!(handshake(query).unwrap().response.body().as_ref(), b"a+b c%%zz\xF3");
}

#[test]
fn the_handshake_refuses_who_does_not_know_the_token() {
    let bad = String::from_utf8(fixture("verify_bad_token.form")).unwrap();
    let token = "hub.verify_token=token-verificacion-municipal";
    let long = format!("{token}&hub.mode=subscribe&hub.challenge={}", "1".repeat(257));
    let other = format!("{token}&hub.mode=unsubscribe&hub.challenge=1");
    let none = format!("{token}&hub.mode=subscribe");
    for query in [bad.as_str(), "", &long, &other, &none] {
        assert_eq!(handshake(query).unwrap_err().status, 403, "{query}");
    }
    let careless = WhatsApp::new(WhatsAppConfig { verify_token: String::new(), ..config() });
    let empty = "/?hub.mode=subscribe&hub.challenge=1&hub.verify_token=";
    assert!(careless.receive(&Request::get(empty).body(Bytes::new()).unwrap()).is_err());
}

#[test]
fn other_methods_are_none_of_ours() {
    assert_eq!(status_of(&Request::put(PATH).body(Bytes::new()).unwrap()), 405);
}

#[test]
fn nothing_secret_or_personal_is_printed() {
    let message = crate::Message::Text { text: "Hola, María".to_owned() };
    let key = crate::AddressKey::Phone("+525500000111".to_owned());
    let route = "5215500000111".to_owned();
    let to = crate::Address { channel: Channel::Whatsapp, account: NUMBER.to_owned(), key, route };
    let outgoing = Outgoing { reference: "1".to_owned(), to, message };
    let delivery = whatsapp().send(&outgoing);
    let Delivery::Call(request) = &delivery else { panic!("{delivery:?}") };
    let printed = format!(
        "{:?} {outgoing:?} {delivery:?} {:?} {:?}",
        whatsapp(),
        request.headers(),
        receive(fixture("in_image.json"))
    );
    for secret in [SECRET, "token-verificacion", "EAAG", "00000111", "María", "bache"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}
