//! What is told about people and is no message: a new number, a colleague who answered, a switch for promotions.

use super::*;

/// A notice without contacts, as Meta sends them.
fn notice(message: Value) -> Reception {
    let mut notice = json!({"id": "wamid.1", "timestamp": "1795200060", "type": "system"});
    notice.as_object_mut().unwrap().extend(message.as_object().unwrap().clone());
    receive(messages(json!([notice])))
}

#[test]
fn a_new_number_is_told_by_the_old_one() {
    insta::assert_json_snapshot!(event_of("in_system_user_changed_number.json"), @r#"
        {
          "identity": "wamid.HBgNNTIxNTUwMDAwMDExMRUCABIYFDNBMDAwMDAwMDAwMDAwMDAwMDEyAA==",
          "was": {
            "kind": "phone",
            "value": "+525500000111"
          },
          "now": {
            "address": {
              "channel": "whatsapp",
              "account": "106540352242922",
              "key": {
                "kind": "phone",
                "value": "+525500000999"
              },
              "route": "5215500000999"
            },
            "also": [
              {
                "kind": "user",
                "value": "MX.77120045561230098765"
              }
            ]
          },
          "number": true
        }
        "#);
}

#[test]
fn a_new_user_id_is_told_by_the_old_one() {
    let told = event_of("in_system_user_changed_user_id.json");
    assert_eq!(told["was"], json!({"kind": "user", "value": "MX.90210036547788121004"}));
    assert_eq!(told["now"]["address"]["key"], json!({"kind": "user", "value": "MX.55500000000000000002"}));
    assert_eq!(told["number"], false);
}

#[test]
fn a_changed_user_id_keeps_the_phone_that_came_along() {
    let system = json!({"type": "user_changed_user_id", "user_id": "MX.2", "previous_user_id": "MX.1"});
    let told = events(&notice(json!({"from": "5215500000111", "system": system}))).remove(0);
    assert_eq!(told["was"]["value"], "MX.1");
    assert_eq!(told["now"]["address"]["key"]["value"], "+525500000111");
    assert_eq!(told["now"]["also"], json!([{"kind": "user", "value": "MX.2"}]));
}

#[test]
fn older_payloads_say_the_same_with_other_words() {
    let number = event_of("in_system_customer_changed_number.json");
    assert_eq!(number["was"]["value"], "+525500000111");
    assert_eq!(
        (&number["now"]["address"]["route"], &number["number"]),
        (&json!("5215500000998"), &json!(true))
    );
    let device = event_of("in_system_customer_identity_changed.json");
    assert_eq!(device["was"], device["now"]["address"]["key"]);
    assert_eq!(device["number"], false);
    let customer =
        json!({"type": "customer_changed_number", "customer": "525500000111", "wa_id": "525500000998"});
    assert_eq!(events(&notice(json!({"system": customer})))[0]["was"]["value"], "+525500000111");
}

#[test]
fn the_same_number_in_another_spelling_is_no_new_number() {
    let system = json!({"type": "user_changed_number", "wa_id": "525500000111", "user_id": "MX.2"});
    let told = events(&notice(json!({"from": "5215500000111", "system": system}))).remove(0);
    assert_eq!((&told["number"], &told["now"]["also"][0]["value"]), (&json!(false), &json!("MX.2")));
}

#[test]
fn a_notice_that_cannot_be_read_is_kept_and_is_never_a_message() {
    let table = [
        (json!({}), "a system notice without a body"),
        (json!({"system": {"type": "novedad"}}), "a system notice of a kind we do not know"),
        (json!({"system": []}), "a system notice of a kind we do not know"),
        (
            json!({"system": {"type": "user_changed_number", "wa_id": "525500000999"}}),
            "a system notice that does not say who changed",
        ),
        (
            json!({"from": "525500000111", "system": {"type": "user_changed_number", "wa_id": "x"}}),
            "a system notice that does not say into what",
        ),
        (
            json!({"from": "525500000111", "system": {"type": "user_changed_user_id", "previous_user_id": "MX.1"}}),
            "a system notice that does not say into what",
        ),
    ];
    for (message, reason) in table {
        let reception = notice(message);
        assert!(reception.events.is_empty());
        assert_eq!(reasons(&reception), [reason]);
    }
}

#[test]
fn what_a_colleague_wrote_on_the_phone_is_no_message_to_us() {
    insta::assert_json_snapshot!(event_of("smb_message_echo.json"), @r#"
        {
          "echo": "wamid.HBgNNTIxNTUwMDAwMDExMRUCABEYEjAwMDAwMDAwMDAwMDAwMDA1QQA=",
          "to": {
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
            ]
          },
          "sent_at": 1795200070000,
          "body": {
            "type": "text",
            "text": "Le contesta Ventanilla desde el celular: pase mañana a las 9."
          }
        }
        "#);
}

fn echoes(echoes: Value) -> Reception {
    receive(envelope(json!([change_of("smb_message_echoes", json!({"message_echoes": echoes}))])))
}

#[test]
fn echoes_of_every_kind_are_read_and_those_of_groups_concern_nobody() {
    let reception = echoes(json!([
        {"id": "wamid.1", "to_user_id": "MX.1", "type": "image", "image": {"id": "7"}},
        {"id": "wamid.2", "to": "525500000222", "type": "revoke", "revoke": {"original_message_id": "wamid.0"}},
        {"id": "wamid.3", "group_id": "9", "type": "text", "text": {"body": "Hola a todos"}},
        {"id": "wamid.4", "type": "text", "text": {"body": "¿A quién?"}},
        {"to": "525500000222", "type": "text"},
    ]));
    let told = events(&reception);
    assert_eq!(told.len(), 2);
    assert_eq!(told[0]["to"]["address"]["key"]["value"], "MX.1");
    assert_eq!(told[1]["body"], json!({"type": "revoked", "target": "wamid.0"}));
    assert_eq!(reasons(&reception), ["an echo that does not say to whom", "an echo without an id"]);
}

#[test]
fn our_own_card_never_names_the_person_we_wrote_to() {
    let card = json!([{"phones": [{"wa_id": "525500000333"}], "origin": "contact_request"}]);
    let echo = json!([{"id": "wamid.1", "to": "525500000222", "type": "contacts", "contacts": card}]);
    let told = events(&echoes(echo)).remove(0);
    assert_eq!((&told["body"]["own"], told["to"].get("also")), (&json!(false), None));
}

fn wishes(wishes: Value) -> Reception {
    receive(envelope(json!([change_of("user_preferences", json!({"user_preferences": wishes}))])))
}

#[test]
fn the_switch_for_promotions_is_a_wish_about_campaigns_only() {
    let told = event_of("user_preferences_stop.json");
    assert_eq!((&told["wish"], &told["scope"]), (&json!("opt_out"), &json!("marketing")));
    assert_eq!(told["at"], json!(1_795_200_080_000_i64));
    assert_eq!(told["from"]["name"], "María Hernández");
    let resume = json!([{"user_id": "MX.1", "category": "marketing_messages", "value": "resume"}]);
    assert_eq!(events(&wishes(resume))[0]["wish"], "opt_in");
}

#[test]
fn the_evidence_is_the_same_twice_another_for_another_wish_and_names_nobody() {
    let id = |wish: &str, at: i64| {
        let wish = json!([{"wa_id": "5215500000111", "value": wish, "timestamp": at}]);
        events(&wishes(wish))[0]["consent"].as_str().unwrap().to_owned()
    };
    assert_eq!(id("stop", 1_795_200_080), id("stop", 1_795_200_080));
    assert_ne!(id("stop", 1_795_200_080), id("resume", 1_795_200_080));
    assert_ne!(id("stop", 1_795_200_080), id("stop", 1_795_200_081));
    assert!(!id("stop", 1).contains("5500000111"));
}

#[test]
fn a_wish_that_cannot_be_read_is_kept_and_one_about_something_else_ignored() {
    let reception = wishes(json!([
        {"user_id": "MX.1", "value": "quizás"},
        {"value": "stop"},
        {"user_id": "MX.1", "category": "otra_cosa", "value": "stop"},
    ]));
    assert!(reception.events.is_empty());
    assert_eq!(
        reasons(&reception),
        ["a preference that is neither stop nor resume", "a preference that does not say whose"]
    );
}

#[test]
fn news_for_a_number_that_is_not_ours_is_kept() {
    for field in ["smb_message_echoes", "user_preferences"] {
        let reception = receive(envelope(json!([{"field": field, "value": {}}, {"field": field}])));
        assert_eq!(reasons(&reception).len(), 2);
    }
}
