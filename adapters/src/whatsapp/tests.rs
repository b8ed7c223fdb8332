//! WhatsApp told as payload tables: what Meta sends -> what we understand, what we say -> what Meta gets.

mod account;
mod arbitrary;
mod contact;
mod errors;
mod fixtures;
mod inbound;
mod kinds;
mod markup;
mod media;
mod nasty;
mod news;
mod outbound;
mod outcome;
mod signature;
mod template;
mod upload;

use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use serde_json::{Value, json};
use sha2::Sha256;

use super::*;
use crate::{Event, Message};

/// The invented secret of `fixtures/signatures.json`.
const SECRET: &str = "secreto_app_municipal_de_prueba";
const NUMBER: &str = "106540352242922";
/// The town's second number, of `fixtures/batch_mixed.json`.
const OTHER_NUMBER: &str = "106540352242999";

fn whatsapp() -> WhatsApp {
    WhatsApp::new(config())
}

fn config() -> WhatsAppConfig {
    let number = |id: &str, phone: &str| Number { phone_number_id: id.into(), display_phone: phone.into() };
    WhatsAppConfig {
        app_secrets: vec!["el_secreto_anterior".to_owned(), SECRET.to_owned()],
        verify_token: "token-verificacion-municipal".to_owned(),
        numbers: vec![number(NUMBER, "+52 55 0000 0100"), number(OTHER_NUMBER, "525500000200")],
        access_token: "EAAG-token-de-prueba".to_owned(),
        base_url: "https://graph.facebook.com/".to_owned(),
        version: "v26.0".to_owned(),
        media_hosts: vec!["127.0.0.1:9111".to_owned()],
    }
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/src/whatsapp/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn fixture_json(name: &str) -> Value {
    serde_json::from_slice(&fixture(name)).unwrap()
}

fn sign(secret: &str, body: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    format!("sha256={}", hex::encode(mac.chain_update(body).finalize().into_bytes()))
}

fn post(body: impl Into<Vec<u8>>, signature: &str) -> Request<Bytes> {
    Request::post(PATH).header("X-Hub-Signature-256", signature).body(Bytes::from(body.into())).unwrap()
}

/// What we understand of a genuine request.
fn receive(body: impl Into<Vec<u8>>) -> Reception {
    let body = body.into();
    let signature = sign(SECRET, &body);
    let reception = whatsapp().receive(&post(body, &signature)).unwrap();
    assert_eq!(reception.response.status(), 200, "Meta repeats for seven days whatever is not 200");
    reception
}

/// An event as JSON; those that are no message say what they are.
fn written(event: &Event) -> Value {
    match event {
        Event::Message(message) => serde_json::to_value(message).unwrap(),
        Event::Status(status) => serde_json::to_value(status).unwrap(),
        Event::Echo(echo) => {
            json!({"echo": echo.id, "to": echo.to, "sent_at": echo.sent_at, "body": echo.body})
        }
        Event::Identity(it) => json!({"identity": it.id, "was": it.was, "now": it.now, "number": it.number}),
        Event::Consent(it) => {
            json!({"consent": it.id, "from": it.from, "wish": it.wish, "scope": it.scope, "at": it.at})
        }
        Event::Account(it) => json!({"account": it.account, "kind": it.kind, "severity": it.severity,
            "about": it.about, "state": it.state, "sentence": it.sentence}),
    }
}

fn events(reception: &Reception) -> Vec<Value> {
    reception.events.iter().map(written).collect()
}

fn reasons(reception: &Reception) -> Vec<&str> {
    reception.quarantined.iter().map(|kept| kept.reason.as_str()).collect()
}

/// The only event of a fixture that holds nothing unreadable.
fn event_of(name: &str) -> Value {
    let reception = receive(fixture(name));
    assert!(reception.quarantined.is_empty(), "{:?}", reception.quarantined);
    let [event] = events(&reception).try_into().unwrap();
    event
}

/// One change of a field for our number.
fn change_of(field: &str, value: Value) -> Value {
    let mut value = value;
    value["metadata"] = json!({"display_phone_number": "525500000100", "phone_number_id": NUMBER});
    json!({"field": field, "value": value})
}

fn change(value: Value) -> Value {
    change_of("messages", value)
}

fn envelope(changes: Value) -> Vec<u8> {
    json!({"object": "whatsapp_business_account", "entry": [{"id": "109876543210987", "changes": changes}]})
        .to_string()
        .into_bytes()
}

/// A POST with these messages for our number.
fn messages(messages: Value) -> Vec<u8> {
    envelope(json!([change(json!({"messages": messages}))]))
}

/// A text of an invented person, to be spoiled by a test.
fn a_text() -> Value {
    json!({"from": "5215500000111", "id": "wamid.1", "timestamp": "1795200000", "type": "text",
        "text": {"body": "Hola"}})
}

/// `a_text` with some keys replaced, as it was understood.
fn understood(changes: Value) -> Value {
    let mut message = a_text();
    message.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    events(&receive(messages(json!([message])))).remove(0)
}

fn body_with(changes: Value) -> Value {
    understood(changes)["body"].clone()
}

fn outgoing(route: &str, message: Message) -> Outgoing {
    let key = crate::AddressKey::User("not read".to_owned());
    let route = route.to_owned();
    let to = Address { channel: Channel::Whatsapp, account: NUMBER.to_owned(), key, route };
    Outgoing { reference: "01990000-aaaa".to_owned(), to, message }
}

fn request(route: &str, message: Message) -> Request<Bytes> {
    match whatsapp().send(&outgoing(route, message)) {
        Delivery::Call(request) => request,
        other => panic!("{other:?}"),
    }
}

/// What Meta gets.
fn body(route: &str, message: Message) -> Value {
    serde_json::from_slice(request(route, message).body()).unwrap()
}

/// What an agent reads when nothing is sent.
fn refused(route: &str, message: Message) -> SendError {
    match whatsapp().send(&outgoing(route, message)) {
        Delivery::Impossible(error) => error,
        other => panic!("{other:?}"),
    }
}

/// A request of the fixtures as we write it: with our reference, without the parts that we never send.
fn expected(name: &str, never: &[&str]) -> Value {
    let mut body = fixture_json(name);
    body["biz_opaque_callback_data"] = json!("01990000-aaaa");
    for pointer in never {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        body.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key).unwrap();
    }
    body
}
