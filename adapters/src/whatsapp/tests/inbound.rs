//! Fixture -> events.

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

/// One line a fixture: who, what, and which of our messages it answers.
fn table(names: &[&str]) -> String {
    let line = |name: &&str| {
        let event = event_of(name);
        let answers = event.get("reply_to").map(|id| format!(" -> {id}")).unwrap_or_default();
        format!("{name} {} {}{answers}", event["from"]["name"], event["body"])
    };
    names.iter().map(line).collect::<Vec<String>>().join("\n")
}

#[test]
fn what_a_person_sends_is_read_by_its_kind() {
    let read = table(&[
        "in_text_reply_context.json",
        "in_text_referral_ad.json",
        "in_image.json",
        "in_audio_voice.json",
        "in_document_no_caption.json",
        "in_location_pin.json",
        "in_interactive_button_reply.json",
        "in_interactive_list_reply.json",
        "in_button_template_quick_reply.json",
        "in_reaction_add.json",
        "in_reaction_removed.json",
    ]);
    insta::assert_snapshot!(read, @r#"
        in_text_reply_context.json "José Núñez 🏡" {"type":"text","text":"Sí, esa misma dirección"} -> "wamid.HBgMNTI1NTAwMDAwMjIyFQIAERgSMDAwMDAwMDAwMDAwMDAwMDREAA=="
        in_text_referral_ad.json "María Hernández" {"type":"text","text":"Hola, vi su anuncio del descuento de predial"}
        in_image.json "María Hernández" {"type":"media","kind":"image","source":"1003383421387256","mime":"image/jpeg","caption":"Así está el bache"}
        in_audio_voice.json "María Hernández" {"type":"media","kind":"audio","source":"1908647269898587","mime":"audio/ogg"}
        in_document_no_caption.json "José Núñez 🏡" {"type":"media","kind":"document","source":"1376223850470843","mime":"application/pdf"}
        in_location_pin.json "María Hernández" {"type":"location","lat":19.432608,"lon":-99.133209}
        in_interactive_button_reply.json "María Hernández" {"type":"choice","payload":"confirmar:folio:2026-004512","title":"Sí, confirmar"} -> "wamid.HBgNNTIxNTUwMDAwMDExMRUCABEYEjAwMDAwMDAwMDAwMDAwMDA0RgA="
        in_interactive_list_reply.json "José Núñez 🏡" {"type":"choice","payload":"tramite:acta_nacimiento","title":"Acta de nacimiento"} -> "wamid.HBgMNTI1NTAwMDAwMjIyFQIAERgSMDAwMDAwMDAwMDAwMDAwMDUwAA=="
        in_button_template_quick_reply.json "José Núñez 🏡" {"type":"choice","payload":"CITA_CONFIRMA_88213","title":"Confirmar cita"} -> "wamid.HBgMNTI1NTAwMDAwMjIyFQIAERgSMDAwMDAwMDAwMDAwMDAwMDUyAA=="
        in_reaction_add.json "María Hernández" {"type":"reaction","target":"wamid.HBgNNTIxNTUwMDAwMDExMRUCABEYEjAwMDAwMDAwMDAwMDAwMDA0RgA=","emoji":"👍🏽"}
        in_reaction_removed.json "María Hernández" {"type":"reaction","target":"wamid.HBgNNTIxNTUwMDAwMDExMRUCABEYEjAwMDAwMDAwMDAwMDAwMDA0RgA="}
    "#);
}

#[test]
fn what_we_cannot_read_is_kept_by_its_name() {
    let kept = table(&[
        "in_interactive_nfm_reply.json",
        "in_order.json",
        "in_system_user_changed_number.json",
        "in_unsupported.json",
        "in_unsupported_131060.json",
    ]);
    insta::assert_snapshot!(kept, @r#"
        in_interactive_nfm_reply.json "María Hernández" {"type":"unsupported","kind":"nfm_reply"} -> "wamid.HBgNNTIxNTUwMDAwMDExMRUCABEYEjAwMDAwMDAwMDAwMDAwMDA1MQA="
        in_order.json "José Núñez 🏡" {"type":"unsupported","kind":"order"}
        in_system_user_changed_number.json null {"type":"unsupported","kind":"system"}
        in_unsupported.json "María Hernández" {"type":"unsupported","kind":"poll_creation"}
        in_unsupported_131060.json "María Hernández" {"type":"unsupported","kind":"unavailable"}
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
fn news_that_is_no_conversation_is_taken_in_silence() {
    for name in ["smb_message_echo.json", "user_preferences_stop.json"] {
        let reception = receive(fixture(name));
        assert!(reception.events.is_empty() && reception.quarantined.is_empty(), "{name}");
    }
}

#[test]
fn an_error_of_the_account_is_kept_for_a_person_to_look_at() {
    let reception = receive(fixture("value_errors.json"));
    assert!(reception.events.is_empty());
    assert_eq!(reception.quarantined[0].reason, "Meta reports error 130429 for the account");
}
