//! Messages -> events, in full; `fixtures` has a line for every file.

use insta::assert_json_snapshot;

use super::*;

#[test]
fn a_text_comes_with_phone_user_id_and_name() {
    assert_json_snapshot!(event_of("in_text.json"), @r#"
        {
          "id": "wamid.HBgNNTIxNTUwMDAwMDExMRUCABIYFDNBMDAwMDAwMDAwMDAwMDAwMDAxAA==",
          "channel": "whatsapp",
          "account": "106540352242922",
          "from": {
            "address": {
              "channel": "whatsapp",
              "account": "106540352242922",
              "key": {
                "kind": "phone",
                "value": "+525500000111"
              },
              "route": "5215500000111"
            },
            "also": [
              {
                "kind": "user",
                "value": "MX.13491208655302741918"
              }
            ],
            "name": "María Hernández"
          },
          "sent_at": 1795200000000,
          "body": {
            "type": "text",
            "text": "Buenas tardes, quiero reportar un bache enorme en Av. Juárez 120, frente a la escuela."
          }
        }
    "#);
}

#[test]
fn a_person_with_a_username_has_no_phone() {
    assert_json_snapshot!(event_of("in_text_bsuid_only.json"), @r#"
        {
          "id": "wamid.HBgMMDAwMDAwMDAwMDAwFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMDIA",
          "channel": "whatsapp",
          "account": "106540352242922",
          "from": {
            "address": {
              "channel": "whatsapp",
              "account": "106540352242922",
              "key": {
                "kind": "user",
                "value": "MX.90210036547788121004"
              },
              "route": "MX.90210036547788121004"
            },
            "name": "Vecina Anónima"
          },
          "sent_at": 1795200000000,
          "body": {
            "type": "text",
            "text": "¿Cuánto debo de predial? Cuenta 04-118-022"
          }
        }
    "#);
}

#[test]
fn statuses_bring_our_reference_and_the_reason_of_a_failure() {
    let told: Vec<Value> = [
        "status_sent_pricing.json",
        "status_sent_conversation_legacy.json",
        "status_failed_131026.json",
        "status_failed_131047.json",
    ]
    .map(event_of)
    .into();
    assert_json_snapshot!(told, @r#"
        [
          {
            "channel": "whatsapp",
            "account": "106540352242922",
            "provider_id": "wamid.HBgNNTIxNTUwMDAwMDExMRUCABEYEjAwMDAwMDAwMDAwMDAwMDA0RgA=",
            "reference": "folio=2026-004512;intento=1",
            "state": "sent",
            "at": 1795200002000
          },
          {
            "channel": "whatsapp",
            "account": "106540352242922",
            "provider_id": "wamid.HBgNNTIxNTUwMDAwMDExMRUCABEYEjAwMDAwMDAwMDAwMDAwMDA0RgA=",
            "reference": null,
            "state": "sent",
            "at": 1795200002000
          },
          {
            "channel": "whatsapp",
            "account": "106540352242922",
            "provider_id": "wamid.HBgMNTI1NTAwMDAwMjIyFQIAERgSMDAwMDAwMDAwMDAwMDAwMDU0AA==",
            "reference": null,
            "state": "failed",
            "at": 1795200004000,
            "error": {
              "code": 131026,
              "title": "Message undeliverable"
            }
          },
          {
            "channel": "whatsapp",
            "account": "106540352242922",
            "provider_id": "wamid.HBgMNTI1NTAwMDAwMjIyFQIAERgSMDAwMDAwMDAwMDAwMDAwMDUzAA==",
            "reference": null,
            "state": "failed",
            "at": 1795200003000,
            "error": {
              "code": 131047,
              "title": "Re-engagement message"
            }
          }
        ]
    "#);
}

#[test]
fn a_voice_note_is_told_from_a_sound_that_was_attached() {
    let sound = |type_: &str, voice: Value| {
        body_with(json!({"type": type_, type_: {"id": "7", "mime_type": "audio/mp4", "voice": voice}}))
    };
    assert_eq!(sound("audio", json!(true))["voice"], true);
    assert_eq!(sound("voice", Value::Null)["voice"], true);
    assert_eq!(sound("audio", json!(false)).get("voice"), None);
    assert_eq!(sound("audio", Value::Null).get("voice"), None);
}

#[test]
fn what_was_passed_on_is_told_from_what_they_wrote() {
    for context in [json!({"forwarded": true}), json!({"frequently_forwarded": true, "id": null})] {
        assert_eq!(understood(json!({"context": context}))["forwarded"], true);
    }
    for context in [json!({"forwarded": false}), json!({"id": "wamid.0"}), json!(null), json!([])] {
        assert_eq!(understood(json!({"context": context})).get("forwarded"), None);
    }
}

#[test]
fn the_advertisement_they_came_from_is_named() {
    assert_eq!(
        event_of("in_text_referral_ad.json")["referral"],
        json!({"source": "120208000000000001", "headline": "Predial 2027"})
    );
    let bare =
        understood(json!({"referral": {"source_url": "https://fb.me/x", "headline": "a".repeat(400)}}));
    assert_eq!(bare["referral"]["source"], "https://fb.me/x");
    assert_eq!(bare["referral"]["headline"].as_str().unwrap().chars().count(), 300);
    assert_eq!(understood(json!({"referral": {"body": "…"}})).get("referral"), None);
}

#[test]
fn a_form_keeps_its_answers_as_they_came_whatever_they_are() {
    let form = |answers: Value| {
        let reply = json!({"type": "nfm_reply", "nfm_reply": {"name": "flow", "response_json": answers}});
        body_with(json!({"type": "interactive", "interactive": reply}))
    };
    let answers = |answers: &str| json!({"type": "form", "answers": answers});
    assert_eq!(form(json!("no es JSON {")), answers("no es JSON {"));
    assert_eq!(form(json!("a\u{0}b")), answers("a\u{FFFD}b"));
    assert_eq!(form(json!("[1,2]")), answers("[1,2]"));
    assert_eq!(form(json!({"hora": "10:30"})), answers(r#"{"hora":"10:30"}"#));
    let endless = form(json!("ñ".repeat(1_000_000)));
    assert_eq!(endless["answers"].as_str().unwrap().chars().count(), 16_384);
    for nothing in [Value::Null, json!(""), json!("  ")] {
        assert_eq!(form(nothing), json!({"type": "unsupported", "kind": "nfm_reply"}));
    }
}

#[test]
fn a_changed_message_brings_its_new_words_where_it_has_some() {
    let edit = |message: Value| {
        body_with(json!({"type": "edit", "edit": {"original_message_id": "wamid.0", "message": message}}))
    };
    let told = |text: &str| json!({"type": "edited", "target": "wamid.0", "text": text});
    assert_eq!(edit(json!({"type": "text", "text": {"body": "calle 12"}})), told("calle 12"));
    assert_eq!(edit(json!({"type": "image", "image": {"id": "7", "caption": "así"}})), told("así"));
    for wordless in [json!({"type": "image", "image": {"id": "7"}}), json!({"type": "text"}), json!(null)] {
        assert_eq!(edit(wordless), json!({"type": "edited", "target": "wamid.0"}));
    }
}
