//! Kannel's calls and answers, as version 1.4.5 was seen to make them.

use insta::assert_json_snapshot;

use super::*;

/// What `fakesmsc` sent through a gateway with our `get-url`.
const CALL: &str = "key=SECRETO&from=%2B525500000111&to=55500200&text=hola+bache+en+la+esquina&charset=UTF-8&coding=0\
    &id=e0ef2b0d-1ca3-437a-bdbf-5f4bfcb24d06&at=1795300324&smsc=operador&udh=";

fn get(path: &str, query: &str) -> Request<Bytes> {
    Request::get(format!("{path}?{query}")).body(Bytes::new()).unwrap()
}

fn hear(query: &str) -> Vec<Value> {
    let reception = receive(&get(KANNEL, query));
    assert!(reception.quarantined.is_empty(), "{:?}", reception.quarantined);
    assert_eq!((reception.response.status().as_u16(), reception.response.body().len()), (200, 0));
    events(&reception)
}

fn text(rest: &str) -> String {
    let [event] = hear(&format!("key=SECRETO&from=525500000111&to=55500200&id=1&{rest}")).try_into().unwrap();
    event["body"]["text"].as_str().unwrap().to_owned()
}

fn query(request: &Request<Bytes>) -> Vec<(String, String)> {
    form_urlencoded::parse(request.uri().query().unwrap().as_bytes()).into_owned().collect()
}

fn sent(text: &str) -> Vec<(String, String)> {
    query(&call(&sms(), &outgoing(KANNEL_NUMBER, text)))
}

/// The call that Kannel makes to the address that we gave it.
fn report(kind: &str, answer: &str) -> Request<Bytes> {
    let (_, url) = sent("Hola").into_iter().find(|(name, _)| name == "dlr-url").unwrap();
    let answer: String = form_urlencoded::byte_serialize(answer.as_bytes()).collect();
    let url = url.replace("%d", kind).replace("%T", "1795300324").replace("%A", &answer);
    Request::get(url.strip_prefix(PUBLIC).unwrap()).body(Bytes::new()).unwrap()
}

fn reported(kind: &str, answer: &str) -> Value {
    events(&receive(&report(kind, answer))).remove(0)
}

/// What an agent is told about a report.
fn explained(kind: &str, answer: &str) -> SendError {
    let error: ProviderError = serde_json::from_value(reported(kind, answer)["error"].clone()).unwrap();
    sms().explain(&error)
}

#[test]
fn a_call_is_a_message() {
    assert_json_snapshot!(hear(CALL), @r#"
        [
          {
            "id": "e0ef2b0d-1ca3-437a-bdbf-5f4bfcb24d06",
            "channel": "sms",
            "account": "55500200",
            "from": {
              "address": {
                "channel": "sms",
                "account": "55500200",
                "key": {
                  "kind": "phone",
                  "value": "+525500000111"
                },
                "route": "+525500000111"
              }
            },
            "sent_at": 1795300324000,
            "body": {
              "type": "text",
              "text": "hola bache en la esquina"
            }
          }
        ]
    "#);
}

#[test]
fn letters_are_read_in_the_charset_of_the_network() {
    assert_eq!(text("text=se%C3%B1al%E2%82%AC&charset=UTF-8&coding=0"), "señal€");
    assert_eq!(text("text=%00h%00o%00l%00%E1%00+%D8%3D%DE%00&charset=UTF-16BE&coding=2"), "holá 😀");
    assert_eq!(text("text=%00h%00%E1&coding=2"), "há");
    assert_eq!(text("text=%00h%00%E1&charset=UCS-2"), "há");
    assert_eq!(text("text=se%F1al+%80&charset=WINDOWS-1252"), "señal €");
    assert_eq!(text("text=se%F1al&charset=iso-8859-1"), "señal");
    assert_eq!(text("text=se%F1al&charset=UTF-8"), "señal", "claimed, but not so");
    assert_eq!(text("text=hola&charset=GSM"), "hola");
    assert_eq!(text("text=%D8%3D&charset=UTF-16BE"), "\u{FFFD}");
    assert_eq!(text("text=a%00b&charset=UTF-8"), "a\u{FFFD}b");
    assert_eq!(text("charset=UTF-8"), "");
}

#[test]
fn a_posted_text_is_read_with_its_headers() {
    let request = Request::post(format!("{KANNEL}?key=SECRETO&id=7"))
        .header("X-Kannel-From", "+525500000111")
        .header("X-Kannel-To", KANNEL_NUMBER)
        .header("Content-Type", "text/plain; charset=\"UTF-16BE\"")
        .body(Bytes::from_static(b"\0h\0\xE1"))
        .unwrap();
    let [event] = events(&receive(&request)).try_into().unwrap();
    assert_eq!((&event["id"], &event["body"]["text"]), (&json!("7"), &json!("há")));
}

#[test]
fn networks_spell_numbers_in_several_ways() {
    for from in ["%2B525500000111", "525500000111", "00525500000111", "5215500000111"] {
        let [event] = hear(&format!("key=SECRETO&from={from}&to=55500200&id=1&text=a")).try_into().unwrap();
        assert_eq!(event["from"]["address"]["key"]["value"], "+525500000111", "{from}");
    }
}

#[test]
fn binary_is_said_to_be_unreadable_and_who_cannot_be_answered_is_nobody() {
    let [event] =
        hear("key=SECRETO&from=525500000111&to=55500200&id=1&text=%01%FF&coding=1").try_into().unwrap();
    assert_eq!(event["body"], json!({"type": "unsupported", "kind": "binary"}));
    assert_eq!(hear("key=SECRETO&from=TELCEL&to=55500200&id=1&text=a"), [] as [Value; 0]);
}

#[test]
fn what_is_not_for_us_is_kept_apart_without_the_secret() {
    let reception = receive(&get(KANNEL, &CALL.replace("to=55500200", "to=999")));
    assert_eq!(reasons(&reception), ["a message for a number that is not ours"]);
    assert!(!String::from_utf8_lossy(&reception.quarantined[0].raw).contains("SECRETO"));
    let nameless = receive(&get(KANNEL, "key=SECRETO&from=525500000111&to=55500200&text=a"));
    assert_eq!(reasons(&nameless), ["a message without an id: the get-url lacks id=%I"]);
}

#[test]
fn who_does_not_know_the_secret_is_refused() {
    for key in ["", "key=", "key=secreto", "key=SECRETO1", "key=SECRET"] {
        assert_eq!(refused(&get(KANNEL, &CALL.replace("key=SECRETO", key))), 403, "{key}");
    }
    let mut config = config();
    config.kannel.as_mut().unwrap().secret = String::new();
    let open = Sms::new(config);
    assert_eq!(open.receive(&get(KANNEL, "key=")).unwrap_err().status, 403);
    assert_eq!(open.receive(&get(KANNEL_STATUS, "key=&ref=1&type=1")).unwrap_err().status, 403);
}

#[test]
fn a_text_is_a_get_with_the_address_for_reports() {
    let request = call(&sms(), &outgoing(KANNEL_NUMBER, "¿Todo bien?"));
    assert_eq!((request.method().as_str(), request.uri().path()), ("GET", "/cgi-bin/sendsms"));
    assert_json_snapshot!(query(&request), @r#"
        [
          [
            "username",
            "ventanilla"
          ],
          [
            "password",
            "clave&kannel"
          ],
          [
            "from",
            "55500200"
          ],
          [
            "to",
            "+525500000111"
          ],
          [
            "text",
            "¿Todo bien?"
          ],
          [
            "charset",
            "UTF-8"
          ],
          [
            "coding",
            "0"
          ],
          [
            "dlr-mask",
            "31"
          ],
          [
            "dlr-url",
            "https://bot.municipio.example/webhooks/sms/kannel/status?key=bb5604e5f5d93e88d75aad946b4c84238c42dedbed3666f1e8c2d34e8136c5fe&ref=0199a4e2-6d3c-7c11-9a3e-2f1d5b7c9e01&number=55500200&type=%d&at=%T&answer=%A"
          ]
        ]
    "#);
}

#[test]
fn letters_outside_gsm_are_sent_as_ucs2_and_a_configured_smsc_is_named() {
    let value = |pairs: Vec<(String, String)>, name: &str| {
        pairs.into_iter().find(|(found, _)| found == name).map(|(_, value)| value)
    };
    assert_eq!(value(sent("mañana"), "coding").unwrap(), "0");
    assert_eq!(value(sent("será"), "coding").unwrap(), "2");
    assert_eq!(value(sent("Hola"), "smsc"), None);
    let mut config = config();
    config.kannel.as_mut().unwrap().smsc = "operador".to_owned();
    let pairs = query(&call(&Sms::new(config), &outgoing(KANNEL_NUMBER, "Hola")));
    assert_eq!(value(pairs, "smsc").unwrap(), "operador");
}

#[test]
fn an_id_that_kannel_would_take_for_a_code_is_not_sent() {
    let odd = Outgoing { reference: "50%d".to_owned(), ..outgoing(KANNEL_NUMBER, "Hola") };
    assert_eq!(impossible(&sms(), &odd).fault, Fault::Message);
}

#[test]
fn kannels_answers_are_told_apart_by_their_words() {
    assert_eq!(outcome(KANNEL_NUMBER, 202, "0: Accepted for delivery"), taken(REFERENCE));
    assert_eq!(outcome(KANNEL_NUMBER, 202, "3: Queued for later delivery"), taken(REFERENCE));
    let fault = |status, said: &str| {
        let error = failure(outcome(KANNEL_NUMBER, status, said));
        (error.fault, error.retry)
    };
    assert_eq!(fault(403, "Authorization failed for sendsms"), (Fault::Account, Retry::Never));
    assert_eq!(fault(404, "not found"), (Fault::Account, Retry::Never));
    let denied = "Number(s) has/have been denied by white- and/or black-lists.";
    assert_eq!(fault(400, denied), (Fault::Recipient, Retry::Never));
    assert_eq!(fault(400, "Sender missing and no global set, rejected"), (Fault::Account, Retry::Never));
    assert_eq!(fault(400, "DLR-Mask field misformed, rejected"), (Fault::Message, Retry::Never));
    assert_eq!(fault(503, "Temporal failure, try again later."), (Fault::Provider, Retry::Backoff));
    for (status, said) in [(202, ""), (200, "<html>"), (500, "Sending failed."), (503, "<html>"), (502, "")] {
        assert_eq!(outcome(KANNEL_NUMBER, status, said), Outcome::Unsure, "{status} {said}");
    }
}

#[test]
fn reports_come_back_to_the_message_they_are_about() {
    assert_json_snapshot!(reported("1", ""), @r#"
        {
          "channel": "sms",
          "account": "55500200",
          "provider_id": "0199a4e2-6d3c-7c11-9a3e-2f1d5b7c9e01",
          "reference": "0199a4e2-6d3c-7c11-9a3e-2f1d5b7c9e01",
          "state": "delivered",
          "at": 1795300324000
        }
    "#);
    let states: Vec<Value> =
        ["8", "4", "1", "2", "16"].iter().map(|kind| reported(kind, "ACK/")["state"].clone()).collect();
    assert_eq!(states, ["sent", "accepted", "delivered", "failed", "failed"]);
    for unknown in ["0", "3", "32", ""] {
        assert!(receive(&report(unknown, "")).events.is_empty(), "{unknown}");
    }
}

#[test]
fn a_report_for_another_message_or_from_anybody_is_refused() {
    let report = report("1", "").uri().to_string();
    let forged = report.replace(REFERENCE, "0199a4e2-6d3c-7c11-9a3e-2f1d5b7c9e02");
    assert_eq!(refused(&Request::get(forged).body(Bytes::new()).unwrap()), 403);
    assert_eq!(refused(&get(KANNEL_STATUS, &format!("key=SECRETO&ref={REFERENCE}&type=1"))), 403);
}

#[test]
fn the_reason_is_kept_and_what_was_written_is_not() {
    let receipt = "id:0bfaf2e8 sub:001 dlvrd:000 submit date:2611201840 done date:2611201845 stat:UNDELIV err:001 text:Tu cita";
    assert_eq!(reported("2", receipt)["error"], json!({"code": 2, "title": "Kannel: UNDELIV"}));
    let nack = reported("16", "NACK/0x0000000b/Invalid Destination Address")["error"].clone();
    assert_eq!(nack, json!({"code": 16, "title": "Kannel: 0xb"}));
    assert_eq!(reported("16", "á 0xZZ")["error"]["title"], "Kannel: ");
    assert_eq!(reported("2", "")["error"]["title"], "Kannel: ");
}

#[test]
fn reports_of_failure_say_whose_fault_it_is() {
    assert_eq!(explained("2", "stat:EXPIRED").fault, Fault::Recipient);
    assert_eq!(explained("2", "").fault, Fault::Recipient);
    assert_eq!(explained("16", "NACK/0x0000000b/x").fault, Fault::Recipient);
    assert_eq!(explained("16", "NACK/0x00000058/x").retry, Retry::Backoff);
    assert_eq!(explained("16", "NACK/0x0000000e/x").fault, Fault::Account);
    assert_eq!(explained("16", "").fault, Fault::Message);
}
