//! WhatsApp told as payload tables: what Meta sends -> what we understand, what we say -> what Meta gets.

mod errors;
mod inbound;
mod media;
mod nasty;
mod outbound;
mod signature;

use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use serde_json::{Value, json};
use sha2::Sha256;

use super::*;
use crate::Event;

/// The invented secret of `fixtures/signatures.json`.
const SECRET: &str = "secreto_app_municipal_de_prueba";
const NUMBER: &str = "106540352242922";

fn whatsapp() -> WhatsApp {
    WhatsApp::new(config())
}

fn config() -> WhatsAppConfig {
    WhatsAppConfig {
        app_secrets: vec!["el_secreto_anterior".to_owned(), SECRET.to_owned()],
        verify_token: "token-verificacion-municipal".to_owned(),
        numbers: vec![Number {
            phone_number_id: NUMBER.to_owned(),
            display_phone: "+52 55 0000 0100".to_owned(),
        }],
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

fn events(reception: &Reception) -> Vec<Value> {
    let written = |event: &Event| match event {
        Event::Message(message) => serde_json::to_value(message).unwrap(),
        Event::Status(status) => serde_json::to_value(status).unwrap(),
    };
    reception.events.iter().map(written).collect()
}

/// The only event of a fixture that holds nothing unreadable.
fn event_of(name: &str) -> Value {
    let reception = receive(fixture(name));
    assert!(reception.quarantined.is_empty(), "{:?}", reception.quarantined);
    let [event] = events(&reception).try_into().unwrap();
    event
}

/// One change of the field `messages` for our number.
fn change(value: Value) -> Value {
    let mut value = value;
    value["metadata"] = json!({"display_phone_number": "525500000100", "phone_number_id": NUMBER});
    json!({"field": "messages", "value": value})
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

/// The body of `a_text` with some keys replaced.
fn body_with(changes: Value) -> Value {
    let mut message = a_text();
    message.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    events(&receive(messages(json!([message])))).remove(0)["body"].clone()
}
