//! What a configured provider tells us.

use insta::assert_json_snapshot;

use super::{
    http::{sent_by, with},
    *,
};

fn posted(path: &str, body: Value) -> Request<Bytes> {
    Request::post(format!("{path}?key=llave-de-entrada"))
        .header("Content-Type", "application/json; charset=utf-8")
        .body(Bytes::from(body.to_string()))
        .unwrap()
}

fn message(text: &str) -> Value {
    json!({"messageId": "m1", "from": "525500000111", "to": "525500000300", "at": 1_795_300_324, "message": {"text": text}})
}

#[test]
fn messages_are_found_where_the_configuration_says() {
    let reception = receive(&posted(HTTP, json!({"results": [message("¿Hay agua?")]})));
    assert_eq!(reception.response.headers()["content-type"], "application/json");
    assert_eq!(reception.response.body(), "{}");
    assert_json_snapshot!(events(&reception), @r#"
        [
          {
            "id": "m1",
            "channel": "sms",
            "account": "+525500000300",
            "from": {
              "address": {
                "channel": "sms",
                "account": "+525500000300",
                "key": {
                  "kind": "phone",
                  "value": "+525500000111"
                },
                "route": "525500000111"
              }
            },
            "sent_at": 1795300324000,
            "body": {
              "type": "text",
              "text": "¿Hay agua?"
            }
          }
        ]
    "#);
}

#[test]
fn one_bad_message_of_a_list_does_not_hold_up_the_others() {
    let mut stranger = message("a");
    stranger["to"] = json!("+19998887777");
    let list = json!({"results": [message("uno"), stranger, 7, {"to": "525500000300"}, message("dos")]});
    let reception = receive(&posted(HTTP, list));
    assert_eq!(reception.events.len(), 2);
    assert_eq!(
        reasons(&reception),
        [
            "a message for a number that is not ours",
            "a message for a number that is not ours",
            "a message without an id"
        ]
    );
}

#[test]
fn a_form_and_a_query_are_read_by_the_names_of_their_fields() {
    let receive = json!({"id": "MessageUUID", "from": "From", "text": "Text"});
    let sms = with(&[("/receive", receive)]);
    let fields = "MessageUUID=u1&From=525500000111&Text=%C2%BFHay+agua%3F";
    let form = Request::post(format!("{HTTP}?key=llave-de-entrada")).body(Bytes::from(fields)).unwrap();
    let query = Request::get(format!("{HTTP}?key=llave-de-entrada&{fields}")).body(Bytes::new()).unwrap();
    for request in [form, query] {
        let [event] = events(&sms.receive(&request).unwrap()).try_into().unwrap();
        assert_eq!((&event["id"], &event["account"]), (&json!("u1"), &json!(HTTP_NUMBER)), "the only number");
        assert_eq!(event["body"]["text"], "¿Hay agua?");
    }
    let lacking = Request::get(format!("{HTTP}?key=llave-de-entrada&From=525500000111&Text=privado"))
        .body(Bytes::new());
    let reception = sms.receive(&lacking.unwrap()).unwrap();
    assert_eq!(reasons(&reception), ["a message without an id"]);
    assert_eq!(reception.quarantined[0].raw, "key&From&Text", "names alone: the secret is among the values");
}

#[test]
fn who_does_not_know_the_secret_is_refused_wherever_it_stands() {
    for path in [HTTP, HTTP_STATUS] {
        for key in ["", "?key=", "?key=llave-de-entrad", "?llave=llave-de-entrada"] {
            assert_eq!(
                refused(&Request::get(format!("{path}{key}")).body(Bytes::new()).unwrap()),
                403,
                "{path}{key}"
            );
        }
    }
    let sms = with(&[("/secret", json!({"header": "X-Llave", "value": "otra"}))]);
    let mut request = posted(HTTP, json!({"results": []}));
    assert_eq!(sms.receive(&request).unwrap_err().status, 403);
    request.headers_mut().insert("x-llave", "otra".parse().unwrap());
    assert!(sms.receive(&request).is_ok());
    assert!(
        !String::from_utf8_lossy(sent_by(&sms).body()).contains("otra"),
        "then it is not in the address for reports"
    );
    let silent = with(&[("/secret", json!(null))]);
    assert_eq!(silent.receive(&posted(HTTP, json!({}))).unwrap_err().status, 403);
    let only_sends = with(&[("/receive", json!(null)), ("/status", json!(null))]);
    assert_eq!(only_sends.receive(&posted(HTTP, json!({}))).unwrap_err().status, 404);
    assert_eq!(only_sends.receive(&posted(HTTP_STATUS, json!({}))).unwrap_err().status, 404);
}

#[test]
fn reports_come_to_the_address_that_was_given_with_the_message() {
    let body: Value = serde_json::from_slice(sent_by(&sms()).body()).unwrap();
    let path = body["callback"].as_str().unwrap().strip_prefix(PUBLIC).unwrap().to_owned();
    let report = |report: Value| {
        let request = Request::post(path.as_str()).body(Bytes::from(report.to_string())).unwrap();
        events(&receive(&request))
    };
    let failed = report(
        json!({"messageId": "m9", "state": "expired", "reason": "ABSENT_SUBSCRIBER", "at": 1_795_300_324}),
    );
    assert_json_snapshot!(failed, @r#"
        [
          {
            "channel": "sms",
            "account": "+525500000300",
            "provider_id": "m9",
            "reference": "0199a4e2-6d3c-7c11-9a3e-2f1d5b7c9e01",
            "state": "failed",
            "at": 1795300324000,
            "error": {
              "code": 0,
              "title": "Mensajería del Sureste: ABSENT_SUBSCRIBER"
            }
          }
        ]
    "#);
    assert_eq!(report(json!({"messageId": "m9", "state": "Delivered"}))[0]["state"], "delivered");
    assert_eq!(report(json!({"state": "SENT"}))[0]["provider_id"], REFERENCE, "no id of its own");
    assert_eq!(report(json!({"messageId": "m9", "state": "DEL_FUTURO"})), [] as [Value; 0]);
    assert_eq!(report(json!({"messageId": "m9"})), [] as [Value; 0]);
}

#[test]
fn a_reason_that_names_a_phone_is_kept_without_it() {
    let report =
        json!({"state": "FAILED", "messageId": "m9", "reason": "525500000111 is not reachable (E104)"});
    let [event] = events(&receive(&posted(HTTP_STATUS, report))).try_into().unwrap();
    assert_eq!(event["error"]["title"], "Mensajería del Sureste: … is not reachable (E104)");
}
