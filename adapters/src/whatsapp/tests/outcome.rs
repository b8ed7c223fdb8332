//! Meta's answer -> outcome.

use std::time::Duration;

use super::*;
use crate::{Fault, Retry};

fn answered(status: u16, body: impl Into<Vec<u8>>) -> Outcome {
    let answer = Response::builder().status(status).body(Bytes::from(body.into())).unwrap();
    whatsapp().outcome(Ok(&answer))
}

fn failed(status: u16, body: impl Into<Vec<u8>>) -> (Option<i64>, Retry, Fault) {
    match answered(status, body) {
        Outcome::Failed(error) => (error.code, error.retry, error.fault),
        other => panic!("{other:?}"),
    }
}

fn error(code: i64) -> String {
    json!({"error": {"code": code, "message": "…"}}).to_string()
}

#[test]
fn an_id_is_acceptance_and_its_absence_a_doubt() {
    let id = "wamid.HBgNNTIxNTUwMDAwMDExMRUCABEYEjAwMDAwMDAwMDAwMDAwMDA0RgA=".to_owned();
    assert_eq!(answered(200, fixture("out_send_response.json")), Outcome::Accepted { provider_id: id });
    assert!(matches!(answered(200, fixture("out_send_response_bsuid.json")), Outcome::Accepted { .. }));
    for doubtful in ["", "{}", r#"{"messages":[]}"#, "<html>", "null"] {
        assert_eq!(answered(200, doubtful), Outcome::Unsure);
    }
}

#[test]
fn a_refusal_is_read_by_its_code() {
    let closed = failed(400, fixture("out_error_131047.json"));
    assert_eq!(closed, (Some(131_047), Retry::Never, Fault::Window));
    let pair = failed(400, fixture("out_error_131056.json"));
    assert_eq!(pair, (Some(131_056), Retry::Pair, Fault::Provider));
    let token = failed(401, fixture("out_error_190.json"));
    assert_eq!(token, (Some(190), Retry::Never, Fault::Account));
    assert_eq!(failed(503, error(133_004)), (Some(133_004), Retry::Backoff, Fault::Provider));
}

#[test]
fn what_may_have_been_sent_is_in_doubt() {
    for (status, body) in
        [(500, error(131_000)), (503, error(999)), (502, "<html>".into()), (400, "<html>".into())]
    {
        assert_eq!(answered(status, body), Outcome::Unsure);
    }
    assert_eq!(whatsapp().outcome(Err(CallFailure::NoAnswer)), Outcome::Unsure);
}

#[test]
fn without_a_connection_it_is_safe_to_try_again() {
    let Outcome::Failed(error) = whatsapp().outcome(Err(CallFailure::NotConnected)) else { panic!() };
    assert_eq!((error.retry, error.fault, error.code), (Retry::Backoff, Fault::Provider, None));
}

#[test]
fn a_proxy_that_names_a_wait_is_obeyed() {
    let wait = |status: u16, after: &str, body: String| {
        let answer = Response::builder().status(status).header("Retry-After", after).body(Bytes::from(body));
        match whatsapp().outcome(Ok(&answer.unwrap())) {
            Outcome::Failed(error) => error.retry,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(wait(429, "30", "<html>".into()), Retry::After(Duration::from_secs(30)));
    assert_eq!(wait(400, "30", error(130_429)), Retry::After(Duration::from_secs(30)));
    assert_eq!(wait(429, "9999999999", error(80_007)), Retry::After(Duration::from_secs(86_400)));
    assert_eq!(wait(429, "Wed, 21 Oct 2026 07:28:00 GMT", String::new()), Retry::Backoff);
    assert_eq!(wait(401, "30", error(190)), Retry::Never);
}

#[test]
fn a_code_of_the_future_is_judged_by_its_status() {
    assert_eq!(failed(400, error(139_999)), (Some(139_999), Retry::Never, Fault::Message));
    assert_eq!(failed(403, error(139_999)), (Some(139_999), Retry::Never, Fault::Account));
    assert_eq!(failed(429, error(139_999)), (Some(139_999), Retry::Backoff, Fault::Provider));
    let transient = json!({"error": {"code": "139999", "is_transient": true}}).to_string();
    assert_eq!(failed(400, transient), (Some(139_999), Retry::Backoff, Fault::Provider));
}
