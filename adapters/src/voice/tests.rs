//! Voice told as payload tables: what Twilio sends -> what we understand, what we say -> the program of the call.

mod document;
mod inbound;
mod nasty;
mod outbound;

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use serde_json::Value;
use sha1::Sha1;

use super::*;
use crate::{Event, Keys, Listen, Message, Spoken, Then};
use document::{Tag, document};

/// The invented token of `fixtures/signatures.json`.
const TOKEN: &str = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
const PUBLIC: &str = "https://bot.municipio.example";
const OURS: &str = "+525500000300";
const CALL: &str = "CA000000000000000000000000000000a1";
/// A question that was open when the caller answered.
const TURN: &str = "/webhooks/voice?paso=motivo&intento=1";

fn voice() -> Voice {
    Voice::new(VoiceConfig {
        twilio: TwilioConfig {
            account_sid: "AC00000000000000000000000000000001".to_owned(),
            auth_tokens: vec![TOKEN.to_owned()],
            api_key: None,
            base_url: "https://api.twilio.com".to_owned(),
            public_url: PUBLIC.to_owned(),
        },
        numbers: vec!["+525500000999".to_owned(), OURS.to_owned()],
        emergency: "911".to_owned(),
    })
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/src/voice/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// As Twilio signs: the address, then each name and its values in the order of their bytes, none twice.
fn sign(target: &str, body: &[u8]) -> String {
    let decoded = |half: &[u8]| -> Vec<u8> {
        let spaced: Vec<u8> = half.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
        percent_encoding::percent_decode(&spaced).collect()
    };
    let mut pairs: Vec<(Vec<u8>, Vec<u8>)> = body
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_at(pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len())))
        .map(|(name, value)| (decoded(name), decoded(value.strip_prefix(b"=").unwrap_or_default())))
        .collect();
    pairs.sort();
    pairs.dedup();
    let mac =
        Hmac::<Sha1>::new_from_slice(TOKEN.as_bytes()).unwrap().chain_update(format!("{PUBLIC}{target}"));
    let mac = pairs.iter().fold(mac, |mac, (name, value)| mac.chain_update(name).chain_update(value));
    STANDARD.encode(mac.finalize().into_bytes())
}

fn signed(method: Method, target: &str, body: impl Into<Vec<u8>>) -> Request<Bytes> {
    let body = body.into();
    let signature = sign(target, &body);
    let request = Request::builder().method(method).uri(target).header("X-Twilio-Signature", signature);
    request
        .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        .body(Bytes::from(body))
        .unwrap()
}

fn post(target: &str, body: impl Into<Vec<u8>>) -> Request<Bytes> {
    signed(Method::POST, target, body)
}

fn receive(target: &str, body: impl Into<Vec<u8>>) -> Reception {
    voice().receive(&post(target, body)).unwrap()
}

/// The only message of a request in which nothing was unreadable.
#[track_caller]
fn message(target: &str, body: impl Into<Vec<u8>>) -> crate::Inbound {
    let reception = receive(target, body);
    assert!(reception.quarantined.is_empty(), "{:?}", reception.quarantined);
    let [Event::Message(message)] = <[Event; 1]>::try_from(reception.events).unwrap() else {
        panic!("no message")
    };
    message
}

/// A fixture with other values in it; `None` takes the name away.
fn changed(name: &str, changes: &[(&str, Option<&str>)]) -> Vec<u8> {
    let body = fixture(name);
    let kept =
        form_urlencoded::parse(&body).filter(|(name, _)| !changes.iter().any(|(other, _)| other == name));
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(kept);
    form.extend_pairs(changes.iter().filter_map(|(name, value)| Some((*name, (*value)?))));
    form.finish().into_bytes()
}

fn text_of(response: &Response<Bytes>) -> String {
    assert_eq!(response.headers()["content-type"], "text/xml; charset=utf-8", "12300 otherwise");
    String::from_utf8(response.body().to_vec()).unwrap()
}

/// The program that a request is answered with, which Twilio would accept.
#[track_caller]
fn program(request: &Request<Bytes>, answer: Answer<'_>) -> Vec<Tag> {
    document(&text_of(&voice().respond(request, answer)))
}

fn turn() -> Request<Bytes> {
    post(TURN, fixture("gather_speech.form"))
}

fn spoken(text: &str, then: Then) -> Message {
    Message::Spoken(Spoken { text: text.to_owned(), lang: "es".to_owned(), then })
}

fn listen() -> Listen {
    Listen {
        step: "reporte.lugar.2".to_owned(),
        attempt: 0,
        hints: Vec::new(),
        keys: Keys::One,
        from: 0,
        must_hear: false,
    }
}
