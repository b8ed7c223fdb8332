//! What Twilio tells us.

use insta::{assert_json_snapshot, assert_snapshot};

use super::*;

fn inbound(name: &str) -> Reception {
    receive(&signed(TWILIO, fixture(name)))
}

fn changed(changes: &[(&str, &str)]) -> Reception {
    receive(&signed(TWILIO, a_text(changes)))
}

fn status(name: &str) -> Value {
    let reception = receive(&signed(&format!("{TWILIO_STATUS}?ref={REFERENCE}"), fixture(name)));
    assert_eq!(reception.response.status(), 204);
    let [event] = events(&reception).try_into().unwrap();
    event
}

#[test]
fn a_text_is_read_with_who_wrote_and_to_whom() {
    let reception = inbound("in_accented.form");
    assert_json_snapshot!(events(&reception), @r#"
        [
          {
            "id": "SM00000000000000000000000000abc002",
            "channel": "sms",
            "account": "+525500000200",
            "from": {
              "address": {
                "channel": "sms",
                "account": "+525500000200",
                "key": {
                  "kind": "phone",
                  "value": "+525500000111"
                },
                "route": "+525500000111"
              }
            },
            "sent_at": null,
            "body": {
              "type": "text",
              "text": "¿Cuánto debo de predial? Cuenta 04-118-022"
            }
          }
        ]
    "#);
}

#[test]
fn every_message_is_read_as_it_was_written() {
    let read: Vec<String> = [
        "in_gsm_simple.form",
        "in_accented.form",
        "in_baja_spanish.form",
        "in_emoji_zwj.form",
        "in_zero_width_rtl.form",
        "in_mms_photo_empty_body.form",
    ]
    .iter()
    .map(|name| {
        let [event] = events(&inbound(name)).try_into().unwrap();
        format!("{name} {} {}", event["id"].as_str().unwrap(), event["body"].to_string().escape_debug())
    })
    .collect();
    assert_snapshot!(read.join("\n"), @r#"
        in_gsm_simple.form SM00000000000000000000000000abc001 {\"type\":\"text\",\"text\":\"Hola, quiero reportar un bache en Av Juarez 120\"}
        in_accented.form SM00000000000000000000000000abc002 {\"type\":\"text\",\"text\":\"¿Cuánto debo de predial? Cuenta 04-118-022\"}
        in_baja_spanish.form SM00000000000000000000000000abc006 {\"type\":\"text\",\"text\":\"  BAJA \"}
        in_emoji_zwj.form SM00000000000000000000000000abc007 {\"type\":\"text\",\"text\":\"👨\u{200d}👩\u{200d}👧\u{200d}👦🇲🇽 sin agua 😡\"}
        in_zero_width_rtl.form SM00000000000000000000000000abc008 {\"type\":\"text\",\"text\":\"folio\u{200b} 2026-\u{202e}2154\u{202c}00 \u{2066}ok\u{2069}\u{feff}\"}
        in_mms_photo_empty_body.form MM00000000000000000000000000abc004 {\"type\":\"media\",\"kind\":\"image\",\"source\":\"https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages/MM00000000000000000000000000abc004/Media/ME00000000000000000000000000def001\",\"mime\":\"image/jpeg\"}
    "#);
}

#[test]
fn a_long_text_arrives_whole() {
    let [event] = events(&inbound("in_long_concatenated.form")).try_into().unwrap();
    let text = event["body"]["text"].as_str().unwrap();
    assert!(text.starts_with("Buenos días. La fuga") && text.ends_with("nadie viene. Gracias."));
}

#[test]
fn twilio_hears_that_we_have_it_and_nothing_else() {
    let response = inbound("in_gsm_simple.form").response;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/xml; charset=utf-8");
    assert_eq!(response.body(), r#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#);
}

#[test]
fn several_photos_are_an_event_each_and_the_text_goes_with_the_first() {
    let reception = changed(&[
        ("Body", "Así está el bache"),
        ("NumMedia", "3"),
        ("MediaUrl0", "https://api.twilio.com/0"),
        ("MediaContentType0", "image/jpeg"),
        ("MediaUrl1", "https://api.twilio.com/1"),
        ("MediaContentType1", "audio/amr; rate=8000"),
        ("MediaUrl2", "https://api.twilio.com/2"),
        ("MediaContentType2", "text/vcard"),
    ]);
    let read: Vec<String> =
        events(&reception).iter().map(|event| format!("{} {}", event["id"], event["body"])).collect();
    assert_snapshot!(read.join("\n"), @r#"
        "SM1:0" {"type":"media","kind":"image","source":"https://api.twilio.com/0","mime":"image/jpeg","caption":"Así está el bache"}
        "SM1:1" {"type":"media","kind":"audio","source":"https://api.twilio.com/1","mime":"audio/amr"}
        "SM1:2" {"type":"media","kind":"document","source":"https://api.twilio.com/2","mime":"text/vcard"}
    "#);
}

#[test]
fn a_file_without_an_address_is_said_to_be_unreadable_unless_there_is_text() {
    let body = |changes: &[(&str, &str)]| events(&changed(changes))[0]["body"].clone();
    assert_eq!(body(&[("NumMedia", "1"), ("Body", "")]), json!({"type": "unsupported", "kind": "media"}));
    assert_eq!(body(&[("NumMedia", "1")]), json!({"type": "text", "text": "Hola"}));
    assert_eq!(body(&[("NumMedia", "muchos")]), json!({"type": "text", "text": "Hola"}));
    assert_eq!(body(&[("Body", "a\0b")]), json!({"type": "text", "text": "a\u{FFFD}b"}));
    assert_eq!(body(&[("Body", "")]), json!({"type": "text", "text": ""}), "blank, and said so");
}

#[test]
fn a_stop_word_that_twilio_answered_is_consent_and_no_message() {
    let heard = |kind| events(&changed(&[("Body", "ALTO"), ("OptOutType", kind)]));
    assert_eq!(heard("STOP"), [json!({"consent": "opt_out", "scope": "channel", "id": "SM1"})]);
    assert_eq!(heard("START"), [json!({"consent": "opt_in", "scope": "channel", "id": "SM1"})]);
    assert_eq!(heard("HELP"), [] as [Value; 0]);
    assert_eq!(
        heard("OTRO")[0]["body"]["text"],
        "ALTO",
        "a type of the future is no reason to lose a message"
    );
}

#[test]
fn who_cannot_be_answered_is_nobody() {
    for from in ["BANCO", "72333", "MX-INFO", "", "anonymous"] {
        let reception = changed(&[("From", from)]);
        assert!(reception.events.is_empty() && reception.quarantined.is_empty(), "{from}");
    }
}

#[test]
fn mexicos_old_one_is_the_same_person_and_is_answered_as_spelled() {
    let from = &events(&changed(&[("From", "+5215500000111")]))[0]["from"]["address"];
    assert_eq!((&from["key"]["value"], &from["route"]), (&json!("+525500000111"), &json!("+5215500000111")));
}

#[test]
fn what_is_not_for_us_is_kept_apart() {
    let reason = |changes: &[(&str, &str)]| {
        let reception = changed(changes);
        assert!(reception.events.is_empty());
        assert_eq!(reception.response.status(), 200, "Twilio would not send it again");
        reasons(&reception).join("|")
    };
    assert_eq!(reason(&[("AccountSid", "AC2")]), "a message of another Twilio account");
    assert_eq!(reason(&[("To", "+525500000999")]), "a message for a number that is not ours");
    assert_eq!(
        reason(&[("To", HTTP_NUMBER)]),
        "a message for a number that is not ours",
        "another provider's"
    );
    assert_eq!(reason(&[("To", "")]), "a message for a number that is not ours");
    assert_eq!(reason(&[("MessageSid", " ")]), "a message without an id");
    let whatsapp = inbound("in_whatsapp_via_twilio.form");
    assert!(whatsapp.events.is_empty());
    assert_eq!(
        reasons(&whatsapp),
        ["a message of another channel came in as SMS: Twilio's console points here"]
    );
}

#[test]
fn statuses_bring_our_reference_and_the_reason_of_a_failure() {
    let told = [
        "status_sent.form",
        "status_delivered.form",
        "status_undelivered_30003.form",
        "status_failed_30007.form",
    ];
    assert_json_snapshot!(told.map(status), @r#"
        [
          {
            "channel": "sms",
            "account": "+525500000200",
            "provider_id": "SM00000000000000000000000000fed001",
            "reference": "0199a4e2-6d3c-7c11-9a3e-2f1d5b7c9e01",
            "state": "sent",
            "at": null
          },
          {
            "channel": "sms",
            "account": "+525500000200",
            "provider_id": "SM00000000000000000000000000fed001",
            "reference": "0199a4e2-6d3c-7c11-9a3e-2f1d5b7c9e01",
            "state": "delivered",
            "at": null
          },
          {
            "channel": "sms",
            "account": "+525500000200",
            "provider_id": "SM00000000000000000000000000fed002",
            "reference": "0199a4e2-6d3c-7c11-9a3e-2f1d5b7c9e01",
            "state": "failed",
            "at": null,
            "error": {
              "code": 30003,
              "title": ""
            }
          },
          {
            "channel": "sms",
            "account": "+525500000200",
            "provider_id": "SM00000000000000000000000000fed003",
            "reference": "0199a4e2-6d3c-7c11-9a3e-2f1d5b7c9e01",
            "state": "failed",
            "at": null,
            "error": {
              "code": 30007,
              "title": ""
            }
          }
        ]
    "#);
}

#[test]
fn every_word_of_twilio_has_its_state_and_others_are_ignored() {
    let state = |word: &str| {
        let body = format!("MessageSid=SM1&AccountSid={ACCOUNT}&From=%2B525500000200&SmsStatus={word}");
        let reception = receive(&signed(TWILIO_STATUS, body));
        assert_eq!((reception.response.status().as_u16(), reception.quarantined.len()), (204, 0));
        events(&reception).first().map_or("-".to_owned(), |event| event["state"].as_str().unwrap().to_owned())
    };
    let words = [
        "accepted",
        "scheduled",
        "queued",
        "sending",
        "sent",
        "delivered",
        "read",
        "undelivered",
        "failed",
        "canceled",
        "receiving",
        "received",
        "partially_delivered",
        "",
        "del_futuro",
    ];
    let table: Vec<String> = words.iter().map(|word| format!("{word} {}", state(word))).collect();
    assert_snapshot!(table.join(", "), @"accepted accepted, scheduled accepted, queued accepted, sending accepted, sent sent, delivered delivered, read read, undelivered failed, failed failed, canceled failed, receiving -, received -, partially_delivered -,  -, del_futuro -");
}

#[test]
fn a_status_of_another_account_is_kept_apart() {
    let body = "MessageSid=SM1&AccountSid=AC2&MessageStatus=sent";
    let reception = receive(&signed(TWILIO_STATUS, body));
    assert_eq!(
        (reception.events.len(), reasons(&reception)),
        (0, vec!["a status of another Twilio account"])
    );
}

#[test]
fn what_twilio_did_not_sign_is_refused() {
    for path in [TWILIO, TWILIO_STATUS] {
        let mut request = signed(path, a_text(&[]));
        assert!(sms().receive(&request).is_ok());
        *request.body_mut() = Bytes::from(a_text(&[("Body", "Otra cosa")]));
        assert_eq!(refused(&request), 403);
        request.headers_mut().remove("X-Twilio-Signature");
        assert_eq!(refused(&request), 403);
    }
}

#[test]
fn our_reference_is_signed_too() {
    let mut status = signed(&format!("{TWILIO_STATUS}?ref=1"), fixture("status_sent.form"));
    *status.uri_mut() = format!("{TWILIO_STATUS}?ref=2").parse().unwrap();
    assert_eq!(refused(&status), 403);
}
