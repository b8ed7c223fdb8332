//! The town hall's own page: what it posts, and what it is given.

use insta::assert_json_snapshot;
use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::{Address, Choice, Event, MediaKind, Message};

fn webchat() -> Webchat {
    Webchat::new(WebchatConfig { secret: b"secreto de prueba".to_vec(), account: "portal".to_owned() })
}

fn post(token: &str, body: impl Into<Vec<u8>>) -> Request<Bytes> {
    Request::post("/webchat/messages")
        .header("Authorization", format!("Bearer {token}"))
        .body(Bytes::from(body.into()))
        .unwrap()
}

fn receive(body: impl Into<Vec<u8>>) -> Result<Reception, Refusal> {
    let webchat = webchat();
    webchat.receive(&post(&webchat.issue_token([7; 16]), body))
}

fn message(body: Value) -> Value {
    let reception = receive(body.to_string()).unwrap();
    assert_eq!(reception.response.status(), 202);
    match reception.events.as_slice() {
        [Event::Message(message)] => serde_json::to_value(message).unwrap(),
        other => panic!("{other:?}"),
    }
}

fn fixture(name: &str) -> Value {
    let path = format!("{}/src/webchat/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn a_text_is_known_by_visitor_and_message() {
    assert_json_snapshot!(message(fixture("in_text.json")), @r#"
        {
          "id": "BwcHBwcHBwcHBwcHBwcHBw:m1",
          "channel": "webchat",
          "account": "portal",
          "from": {
            "address": {
              "channel": "webchat",
              "account": "portal",
              "key": {
                "kind": "token",
                "value": "BwcHBwcHBwcHBwcHBwcHBw"
              },
              "route": "BwcHBwcHBwcHBwcHBwcHBw"
            }
          },
          "sent_at": null,
          "body": {
            "type": "text",
            "text": "¿Dónde pago el predial?"
          },
          "reply_to": "0199-r9"
        }
    "#);
}

#[test]
fn the_page_can_send_choices_places_photos_and_voice() {
    let names = [
        "in_choice.json",
        "in_location.json",
        "in_location_named.json",
        "in_photo.json",
        "in_audio.json",
        "in_unknown.json",
    ];
    let read = names.map(|name| format!("{name} {}", message(fixture(name))["body"])).join("\n");
    insta::assert_snapshot!(read, @r#"
        in_choice.json {"type":"choice","payload":"predial.si","title":"Sí, de mi casa"}
        in_location.json {"type":"location","lat":19.432608,"lon":-99.133209}
        in_location_named.json {"type":"location","lat":19.4326,"lon":-99.1332,"name":"Mercado","address":"Calle 5 de Mayo, Centro"}
        in_photo.json {"type":"media","kind":"image","source":"local:0199-a","mime":"image/jpeg","caption":"Así está el bache"}
        in_audio.json {"type":"media","kind":"audio","source":"local:0199-b","mime":"audio/mp4","voice":true}
        in_unknown.json {"type":"unsupported","kind":"firma"}
    "#);
}

#[test]
fn half_an_emoji_and_a_nul_are_read_leniently() {
    let reception = receive(br#"{"id":"m1","type":"text","text":"a\ud83d\u0000b"}"#).unwrap();
    let [Event::Message(message)] = reception.events.as_slice() else { panic!() };
    assert_eq!(message.body, crate::Body::Text { text: "a\u{FFFD}\u{FFFD}b".to_owned() });
}

#[test]
fn a_wrong_body_is_refused_in_words() {
    for (body, status, reason) in [
        ("hola", 400, "the body is not JSON"),
        ("7", 422, "`id` must be 1 to 64 visible ASCII characters that this page never used before"),
        (
            r#"{"id":"a b","type":"text"}"#,
            422,
            "`id` must be 1 to 64 visible ASCII characters that this page never used before",
        ),
        (r#"{"id":"m1"}"#, 422, "`type` is missing"),
        (r#"{"id":"m1","type":"text"}"#, 422, "a text needs `text`, a string"),
        (
            r#"{"id":"m1","type":"choice"}"#,
            422,
            "a choice needs `payload`, as it was given, and may have `title`",
        ),
        (
            r#"{"id":"m1","type":"location","lat":95,"lon":0}"#,
            422,
            "a location needs `lat` and `lon` in degrees, and may have `name`",
        ),
        (
            r#"{"id":"m1","type":"photo","media":"../x"}"#,
            422,
            "a photo needs `media`, the id that /webchat/media gave",
        ),
    ] {
        let refusal = receive(body).unwrap_err();
        assert_eq!((refusal.status.as_u16(), refusal.reason), (status, reason));
    }
    assert_eq!(receive(vec![b' '; MAX_BODY + 1]).unwrap_err().status, 413);
}

#[test]
fn a_token_is_good_only_where_it_was_made() {
    let webchat = webchat();
    let token = webchat.issue_token([7; 16]);
    assert_eq!(webchat.verify_token(&token), Some(AddressKey::Token("BwcHBwcHBwcHBwcHBwcHBw".to_owned())));
    assert_ne!(token, webchat.issue_token([8; 16]));
    let (id, mac) = token.split_once('.').unwrap();
    let other = webchat.issue_token([8; 16]);
    let swapped = format!("{}.{mac}", other.split_once('.').unwrap().0);
    for bad in ["", ".", id, mac, &format!("{id}."), &format!("{id}.{mac}x"), &swapped, &format!("{token}.")]
    {
        assert_eq!(webchat.verify_token(bad), None, "{bad}");
        assert_eq!(webchat.receive(&post(bad, "{}")).unwrap_err().status, 401);
    }
    let make = |secret: &[u8], account: &str| {
        Webchat::new(WebchatConfig { secret: secret.to_vec(), account: account.to_owned() })
    };
    assert_eq!(make(b"secreto de prueba", "otro").verify_token(&token), None);
    assert_eq!(make(b"otro secreto", "portal").verify_token(&token), None);
    let careless = make(b"", "portal");
    assert_eq!(careless.verify_token(&careless.issue_token([7; 16])), None);
}

#[test]
fn without_a_token_or_by_another_method_nothing_is_read() {
    let bare = Request::post("/webchat/messages").body(Bytes::from("{}")).unwrap();
    assert_eq!(webchat().receive(&bare).unwrap_err().status, 401);
    let get = Request::get("/webchat/messages").body(Bytes::new()).unwrap();
    assert_eq!(webchat().receive(&get).unwrap_err().status, 405);
}

#[test]
fn an_answer_is_the_message_with_our_reference() {
    let key = AddressKey::Token("v".to_owned());
    let to = Address { channel: Channel::Webchat, account: "portal".to_owned(), key, route: "v".to_owned() };
    let row = Choice { payload: "predial".to_owned(), label: "Predial".to_owned(), description: None };
    let message = Message::List {
        text: "Elige un trámite".to_owned(),
        open: "Ver trámites".to_owned(),
        rows: vec![row],
        from: 0,
    };
    let Delivery::Pull(shown) = webchat().send(&Outgoing { reference: "r1".to_owned(), to, message }) else {
        panic!()
    };
    assert_json_snapshot!(shown, @r#"
        {
          "reference": "r1",
          "type": "list",
          "text": "Elige un trámite",
          "open": "Ver trámites",
          "rows": [
            {
              "payload": "predial",
              "label": "Predial"
            }
          ]
        }
    "#);
}

#[test]
fn nothing_is_called_fetched_or_printed() {
    let webchat = webchat();
    let photo = Media {
        kind: MediaKind::Image,
        source: "local:0199-a".to_owned(),
        mime: "image/jpeg".to_owned(),
        caption: None,
        voice: false,
    };
    assert!(matches!(webchat.media(&photo, None), MediaStep::Failed(_)));
    assert!(matches!(webchat.outcome(Err(CallFailure::NoAnswer)), Outcome::Failed(_)));
    assert!(webchat.health().is_none());
    assert!(!format!("{webchat:?}").contains("115, 101"), "the secret's bytes");
}

proptest! {
    #[test]
    fn no_body_makes_it_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = receive(body);
    }

    #[test]
    fn no_token_makes_it_panic_or_pass(token in ".{0,80}") {
        prop_assert_eq!(webchat().verify_token(&token), None);
    }
}
