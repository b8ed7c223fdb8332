//! A provider that is configured, not coded.

use insta::assert_json_snapshot;

use super::*;

pub(super) fn provider() -> Value {
    json!({
        "name": "Mensajería del Sureste",
        "health_url": "https://api.sms.example/v1/balance",
        "send": {
            "url": "https://api.sms.example/v1/messages",
            "format": "json",
            "auth": {"type": "bearer", "token": "llave-de-prueba"},
            "headers": {"X-Cuenta": "llave-dos"},
            "fields": {
                "messages": [{"from": "{from}", "to": "{to_digits}", "text": "{text}", "type": "{encoding}"}],
                "callback": "{status_url}", "reference": "v:{reference}", "urgent": false, "literal": "{ } {Á}",
            },
            "encodings": ["text", "unicode"],
            "id": "/messages/0/id",
            "errors": [
                {"pattern": "(?i)insufficient credit", "meaning": "account", "sentence": "Se acabó el saldo de SMS."},
                {"pattern": "\"code\":\"?104", "meaning": "recipient"},
                {"pattern": "ABSENT", "meaning": "retry"},
                {"status": 451, "meaning": "opted_out"},
            ],
        },
        "secret": {"query": "key", "value": "llave-de-entrada"},
        "receive": {"list": "/results", "id": "/messageId", "from": "from", "to": "to", "text": "/message/text", "at": "at",
            "answer": {"content_type": "application/json", "body": "{}"}},
        "status": {"id": "messageId", "state": "state", "error": "reason", "at": "at",
            "accepted": ["PENDING"], "sent": ["SENT"], "delivered": ["DELIVERED"], "failed": ["FAILED", "EXPIRED"]},
    })
}

/// The same provider with other settings, at JSON pointers.
pub(super) fn with(changes: &[(&str, Value)]) -> Sms {
    let mut provider = provider();
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        provider.pointer_mut(parent).unwrap()[name] = value.clone();
    }
    Sms::new(SmsConfig { http: Some(serde_json::from_value(provider).unwrap()), ..config() })
}

/// Why a configuration is refused.
fn wrong(pointer: &str, value: Value) -> String {
    let mut provider = provider();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    provider.pointer_mut(parent).unwrap()[name] = value;
    serde_json::from_value::<HttpConfig>(provider).unwrap_err().to_string()
}

pub(super) fn sent_by(sms: &Sms) -> Request<Bytes> {
    call(sms, &outgoing(HTTP_NUMBER, "Señal {to} & más"))
}

fn answered(sms: &Sms, status: u16, body: &str) -> Outcome {
    sms.outcome(Ok(&answer(&sent_by(sms), status, body)))
}

#[test]
fn a_message_is_written_as_the_fields_say() {
    let request = sent_by(&sms());
    assert_eq!(request.uri(), "https://api.sms.example/v1/messages");
    assert_eq!(request.headers()["authorization"], "Bearer llave-de-prueba");
    assert_eq!(request.headers()["x-cuenta"], "llave-dos");
    assert!(request.headers()["x-cuenta"].is_sensitive());
    assert_json_snapshot!(serde_json::from_slice::<Value>(request.body()).unwrap(), @r#"
        {
          "messages": [
            {
              "from": "+525500000300",
              "to": "525500000111",
              "text": "Señal {to} & más",
              "type": "unicode"
            }
          ],
          "callback": "https://bot.municipio.example/webhooks/sms/http/status?key=llave-de-entrada&number=525500000300&ref=0199a4e2-6d3c-7c11-9a3e-2f1d5b7c9e01",
          "reference": "v:0199a4e2-6d3c-7c11-9a3e-2f1d5b7c9e01",
          "urgent": false,
          "literal": "{ } {Á}"
        }
    "#);
}

#[test]
fn the_same_fields_go_into_a_form_or_a_query() {
    let fields = json!({"to": ["{to}", "{to_digits}"], "msg": "{text}", "flash": 0});
    let form = with(&[("/send/format", json!("form")), ("/send/fields", fields.clone())]);
    let request = sent_by(&form);
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    let written = "to=%2B525500000111&to=525500000111&msg=Se%C3%B1al+%7Bto%7D+%26+m%C3%A1s&flash=0";
    assert_eq!(request.body(), written);
    let query = with(&[
        ("/send/format", json!("query")),
        ("/send/method", json!("get")),
        ("/send/url", json!("https://api.sms.example/send?v=2")),
        ("/send/fields", fields),
        ("/send/auth", json!({"type": "basic", "user": "u", "password": "p"})),
    ]);
    let request = sent_by(&query);
    assert_eq!(request.method(), "GET");
    assert_eq!(request.uri().to_string(), format!("https://api.sms.example/send?v=2&{written}"));
    assert_eq!(request.headers()["authorization"], "Basic dTpw");
}

#[test]
fn taken_is_what_the_configuration_calls_so() {
    assert_eq!(answered(&sms(), 200, r#"{"messages": [{"id": 12345}]}"#), taken("12345"));
    assert_eq!(answered(&sms(), 200, r#"{"messages": []}"#), Outcome::Unsure, "no id, no certainty");
    let lines = with(&[
        ("/send/id", json!(r"~^OK: (\d+)")),
        ("/send/success_pattern", json!("^OK")),
        ("/send/success", json!([200])),
    ]);
    assert_eq!(answered(&lines, 200, "OK: 991 ABSENT"), taken("991"));
    assert_eq!(answered(&lines, 201, "OK: 991"), Outcome::Unsure);
    assert_eq!(answered(&lines, 200, "ERR 999"), Outcome::Unsure);
    let mut provider = provider();
    provider["send"].as_object_mut().unwrap().remove("id");
    let nameless = Sms::new(SmsConfig { http: Some(serde_json::from_value(provider).unwrap()), ..config() });
    assert_eq!(answered(&nameless, 204, ""), taken(REFERENCE));
}

#[test]
fn errors_are_recognised_by_words_or_status_and_the_rest_by_common_sense() {
    let read = |status, body: &str| {
        let error = failure(answered(&sms(), status, body));
        (error.fault, error.retry, error.sentence)
    };
    let broke = (Fault::Account, Retry::Never, "Se acabó el saldo de SMS.".to_owned());
    assert_eq!(read(200, "Insufficient CREDIT"), broke);
    assert_eq!(read(400, r#"{"code":"104"}"#).0, Fault::Recipient);
    assert_eq!(read(451, "").0, Fault::OptedOut);
    assert_eq!(read(503, "ABSENT").1, Retry::Backoff);
    assert_eq!(read(401, "").0, Fault::Account);
    assert_eq!(read(429, "").1, Retry::Backoff);
    assert_eq!(read(422, "").2, "Mensajería del Sureste no aceptó el mensaje (422): avisa a soporte.");
    assert_eq!(answered(&sms(), 500, ""), Outcome::Unsure);
}

#[test]
fn the_reason_of_a_report_is_judged_by_the_same_errors() {
    let explain = |title: &str, code| sms().explain(&ProviderError { code, title: title.to_owned() });
    assert_eq!(explain("Mensajería del Sureste: ABSENT_SUBSCRIBER", 0).retry, Retry::Backoff);
    let unknown = explain("Mensajería del Sureste: 77", 77);
    assert_eq!((unknown.fault, unknown.code), (Fault::Recipient, Some(77)));
}

#[test]
fn its_own_page_tells_its_health_where_there_is_no_twilio() {
    let sms = Sms::new(SmsConfig { twilio: None, ..config() });
    let request = sms.health().unwrap();
    assert_eq!(request.uri(), "https://api.sms.example/v1/balance");
    assert_eq!(request.headers()["authorization"], "Bearer llave-de-prueba");
}

#[test]
fn a_configuration_with_a_mistake_is_refused_in_words() {
    let told = wrong("/send/fields", json!({"text": "{text}", "when": "{fecha}"}));
    assert!(told.starts_with("nobody fills in '{fecha}': there are to, to_digits, from"), "{told}");
    assert!(wrong("/send/fields", json!({"to": "{to}"})).contains("no field holds '{text}'"));
    assert!(wrong("/send/id", json!("~(")).contains("is no regular expression"));
    assert!(wrong("/send/id", json!("")).contains("a place has no name"));
    assert!(wrong("/send/retries", json!(3)).contains("unknown field `retries`"));
    assert!(wrong("/send/auth", json!({"type": "basic", "user": "u"})).contains("missing field `password`"));
    assert!(wrong("/send/errors", json!([{"meaning": "retry"}])).contains("a status or a pattern"));
    assert!(wrong("/secret", json!({"value": "x"})).contains("either in the `query` or in a `header`"));
    assert!(wrong("/secret", json!({"query": "a", "header": "b", "value": "x"})).contains("either"));
    assert!(wrong("/secret", json!({"query": "a", "value": ""})).contains("anybody could write to us"));
    assert!(wrong("/secret", json!({"header": "a b", "value": "x"})).contains("no valid name"));
}

#[test]
fn what_only_fails_later_is_found_before() {
    let problems = |changes: &[(&str, Value)]| {
        let sms = with(changes);
        sms.config.http.as_ref().unwrap().problems()
    };
    assert_eq!(problems(&[]), [] as [String; 0]);
    let told = problems(&[
        ("/send/url", json!("api.sms.example")),
        ("/health_url", json!("ftp://x")),
        ("/send/headers", json!({"X Cuenta": "llave", "X-Otra": "a\nb"})),
        ("/secret", json!(null)),
        ("/receive/list", json!("results")),
    ]);
    insta::assert_snapshot!(told.join("\n"), @"
        send.url: it is no address that begins with https://
        health_url: it is no address that begins with https://
        send.headers.X Cuenta: a header cannot have this name or this value
        send.headers.X-Otra: a header cannot have this name or this value
        secret: without one nothing is received, so `receive` and `status` are in vain
        receive.list: a JSON pointer begins with a slash
    ");
}

#[test]
fn its_keys_show_in_no_debug() {
    let provider: HttpConfig = serde_json::from_value(provider()).unwrap();
    let shown = format!(
        "{provider:?} {:?} {:?} {:?}",
        provider.send,
        provider.secret,
        (&provider.send.auth, &provider.send.headers)
    );
    assert!(!shown.contains("llave"), "{shown}");
    let fields = format!("{:?}", provider.send.fields);
    assert_eq!(fields, "HttpFields(5 fields)");
}
