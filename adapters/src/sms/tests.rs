//! SMS told as payload tables: what a provider sends -> what we understand, what we say -> what the provider gets.

mod cost;
mod http;
mod http_in;
mod kannel;
mod media;
mod nasty;
mod twilio_errors;
mod twilio_in;
mod twilio_out;

use ::http::{Request, Response};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha1::Sha1;

use super::*;
use crate::{Address, AddressKey, Retry};

/// The invented token and account of `fixtures/signatures.json`.
const TOKEN: &str = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
const ACCOUNT: &str = "AC00000000000000000000000000000001";
const NUMBER: &str = "+525500000200";
const KANNEL_NUMBER: &str = "55500200";
const HTTP_NUMBER: &str = "+525500000300";
const PUBLIC: &str = "https://bot.municipio.example";
const REFERENCE: &str = "0199a4e2-6d3c-7c11-9a3e-2f1d5b7c9e01";

fn sms() -> Sms {
    Sms::new(config())
}

fn config() -> SmsConfig {
    let number =
        |number: &str, provider| SmsNumber { number: number.to_owned(), provider, messaging_service: None };
    SmsConfig {
        numbers: vec![
            number(NUMBER, SmsProvider::Twilio),
            number(KANNEL_NUMBER, SmsProvider::Kannel),
            number(HTTP_NUMBER, SmsProvider::Http),
        ],
        twilio: Some(TwilioConfig {
            account_sid: ACCOUNT.to_owned(),
            auth_tokens: vec![TOKEN.to_owned()],
            api_key: None,
            base_url: "https://api.twilio.com".to_owned(),
            public_url: PUBLIC.to_owned(),
        }),
        kannel: Some(KannelConfig {
            send_url: "http://127.0.0.1:13013/cgi-bin/sendsms".to_owned(),
            username: "ventanilla".to_owned(),
            password: "clave&kannel".to_owned(),
            secret: "SECRETO".to_owned(),
            smsc: String::new(),
        }),
        http: Some(serde_json::from_value(http::provider()).unwrap()),
        public_url: PUBLIC.to_owned(),
        save_accents: false,
    }
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/src/sms/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A form that Twilio signed.
fn signed(path: &str, body: impl Into<Vec<u8>>) -> Request<Bytes> {
    let body = body.into();
    let mut pairs: Vec<(Vec<u8>, Vec<u8>)> = form_urlencoded::parse(&body)
        .map(|(name, value)| (name.into_owned().into_bytes(), value.into_owned().into_bytes()))
        .collect();
    pairs.sort();
    pairs.dedup();
    let mut mac =
        Hmac::<Sha1>::new_from_slice(TOKEN.as_bytes()).unwrap().chain_update(format!("{PUBLIC}{path}"));
    for (name, value) in pairs {
        mac = mac.chain_update(name).chain_update(value);
    }
    Request::post(path)
        .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        .header("X-Twilio-Signature", STANDARD.encode(mac.finalize().into_bytes()))
        .body(Bytes::from(body))
        .unwrap()
}

/// What we understand of a genuine request.
fn receive(request: &Request<Bytes>) -> Reception {
    let reception = sms().receive(request).unwrap();
    assert_eq!(reception.awaits, None, "an SMS is answered by a request of its own");
    reception
}

/// A text as Twilio tells it, with some parameters replaced or added.
fn a_text(changes: &[(&str, &str)]) -> Vec<u8> {
    let mut pairs = vec![
        ("MessageSid", "SM1"),
        ("AccountSid", ACCOUNT),
        ("From", "+525500000111"),
        ("To", NUMBER),
        ("Body", "Hola"),
        ("NumMedia", "0"),
    ];
    pairs.retain(|(name, _)| !changes.iter().any(|(changed, _)| name == changed));
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .extend_pairs(changes)
        .finish()
        .into_bytes()
}

fn events(reception: &Reception) -> Vec<Value> {
    reception.events.iter().map(told).collect()
}

fn told(event: &Event) -> Value {
    match event {
        Event::Message(message) => serde_json::to_value(message).unwrap(),
        Event::Status(status) => serde_json::to_value(status).unwrap(),
        Event::Consent(news) => json!({"consent": news.wish, "scope": news.scope, "id": news.id}),
        other => panic!("{other:?}"),
    }
}

fn reasons(reception: &Reception) -> Vec<&str> {
    reception.quarantined.iter().map(|one| one.reason.as_str()).collect()
}

fn refused(request: &Request<Bytes>) -> u16 {
    sms().receive(request).unwrap_err().status.as_u16()
}

fn outgoing(account: &str, text: &str) -> Outgoing {
    Outgoing {
        reference: REFERENCE.to_owned(),
        to: Address {
            channel: Channel::Sms,
            account: account.to_owned(),
            key: AddressKey::Phone("+525500000111".to_owned()),
            route: "+525500000111".to_owned(),
        },
        message: Message::Text { text: text.to_owned() },
    }
}

fn call(sms: &Sms, outgoing: &Outgoing) -> Request<Bytes> {
    match sms.send(outgoing) {
        Delivery::Call(request) => request,
        other => panic!("{other:?}"),
    }
}

fn impossible(sms: &Sms, outgoing: &Outgoing) -> SendError {
    match sms.send(outgoing) {
        Delivery::Impossible(error) => error,
        other => panic!("{other:?}"),
    }
}

/// The answer to a request, with the request's memory.
fn answer(request: &Request<Bytes>, status: u16, body: impl Into<Vec<u8>>) -> Response<Bytes> {
    let mut answer = Response::builder().status(status).body(Bytes::from(body.into())).unwrap();
    *answer.extensions_mut() = request.extensions().clone();
    answer
}

/// What becomes of a message from this account when the provider answers so.
fn outcome(account: &str, status: u16, body: impl Into<Vec<u8>>) -> Outcome {
    let request = call(&sms(), &outgoing(account, "Hola"));
    sms().outcome(Ok(&answer(&request, status, body)))
}

fn failure(outcome: Outcome) -> SendError {
    match outcome {
        Outcome::Failed(error) => error,
        other => panic!("{other:?}"),
    }
}

fn taken(id: &str) -> Outcome {
    Outcome::Accepted { provider_id: id.to_owned() }
}

#[test]
fn our_numbers_are_our_accounts_and_every_route_is_below_webhooks_sms() {
    assert_eq!(sms().accounts(), [NUMBER, KANNEL_NUMBER, HTTP_NUMBER]);
    assert!(sms().routes().iter().all(|route| route.path.starts_with("/webhooks/sms/")));
    let unknown = Request::post("/webhooks/sms/otro").body(Bytes::new()).unwrap();
    assert_eq!(refused(&unknown), 404);
    let put = Request::put(TWILIO).body(Bytes::new()).unwrap();
    assert_eq!(refused(&put), 404);
}

#[test]
fn a_body_larger_than_any_sms_is_refused_before_it_is_read() {
    for path in [TWILIO, TWILIO_STATUS, KANNEL, HTTP, HTTP_STATUS] {
        let huge = Request::post(path).body(Bytes::from(vec![b' '; MAX_BODY + 1])).unwrap();
        assert_eq!(refused(&huge), 413, "{path}");
    }
}

#[test]
fn a_provider_that_is_not_configured_is_not_heard() {
    let bare = Sms::new(SmsConfig { twilio: None, kannel: None, http: None, ..config() });
    for (path, query) in [(TWILIO, ""), (TWILIO_STATUS, ""), (KANNEL, "?key="), (HTTP, "?key=")] {
        let request = Request::post(format!("{path}{query}")).body(Bytes::new()).unwrap();
        assert_eq!(bare.receive(&request).unwrap_err().status, 403, "{path}");
    }
    assert!(bare.health().is_none());
    for account in bare.accounts() {
        assert_eq!(impossible(&bare, &outgoing(&account, "Hola")).fault, Fault::Account);
    }
}

#[test]
fn neither_keys_nor_people_show_in_debug() {
    let sms = sms();
    let request = call(&sms, &outgoing(KANNEL_NUMBER, "texto privado"));
    let shown = format!("{sms:?} {:?} {:?}", Delivery::Call(request), segments("texto privado"));
    for secret in [TOKEN, "clave", "SECRETO", "llave", "5500000111", "privado"] {
        assert!(!shown.contains(secret), "{secret}");
    }
}
