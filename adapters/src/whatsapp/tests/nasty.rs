//! What Meta's pages do not promise, and what happens anyway.

use super::*;

fn only_body(raw: Vec<u8>) -> Value {
    let [event] = events(&receive(raw)).try_into().unwrap();
    event["body"].clone()
}

fn from_with(changes: Value) -> Value {
    understood(changes)["from"].clone()
}

#[test]
fn signed_rubbish_is_kept_byte_for_byte() {
    for (body, reason) in [
        (&b"no es JSON \xFF"[..], "the body is not JSON"),
        (b"", "the body is not JSON"),
        (b"[]", "the body is JSON but not an object"),
        (br#"{"object":"page","entry":[]}"#, "the object is not whatsapp_business_account"),
        (br#"{"object":"whatsapp_business_account"}"#, "there is no list of entries"),
    ] {
        let reception = receive(body);
        assert_eq!(reasons(&reception), [reason]);
        assert_eq!(reception.quarantined[0].raw.as_ref(), body);
    }
}

#[test]
fn one_bad_message_never_takes_its_siblings_along() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let good = a_text().to_string();
    for (bad, reason) in [
        ("7", "a message without an id"),
        ("null", "a message without an id"),
        (r#"{"id":"wamid.2"}"#, "a message without a sender"),
        (r#"{"id":"wamid.2","from":"../me","from_user_id":"x"}"#, "a message without a sender"),
        (r#"{"id":"wamid.2","from":"525500000100"}"#, "a message from our own number"),
        (r#"{"id":"wamid.2","from":"5215500000200"}"#, "a message from our own number"),
        (r#"{"id":"wamid.2","n":1e999}"#, "an item that is not readable JSON"),
        (deep.as_str(), "an item that is not readable JSON"),
    ] {
        let marker = messages(json!(["MARK"]));
        let body = String::from_utf8(marker).unwrap().replace("\"MARK\"", &format!("{bad},{good}"));
        let reception = receive(body);
        assert_eq!((events(&reception).len(), reasons(&reception)), (1, vec![reason]));
        assert_eq!(reception.quarantined[0].raw, bad);
    }
}

#[test]
fn half_an_emoji_spoils_only_itself() {
    let body = String::from_utf8(messages(json!([a_text()])))
        .unwrap()
        .replace("Hola", r"Hay un bache \ud83d aqu\u00ed");
    assert_eq!(only_body(body.into_bytes()), json!({"type": "text", "text": "Hay un bache \u{FFFD} aquí"}));
}

#[test]
fn bytes_that_are_no_utf8_are_read_as_far_as_they_go() {
    let body = messages(json!([a_text()]));
    let at = body.windows(4).position(|four| four == b"Hola").unwrap();
    let mut spoiled = body.clone();
    spoiled[at + 1] = 0xF3;
    assert_eq!(only_body(spoiled), json!({"type": "text", "text": "H\u{FFFD}la"}));
}

#[test]
fn a_nul_is_replaced_because_a_database_refuses_it() {
    assert_eq!(body_with(json!({"text": {"body": "a\0b"}}))["text"], "a\u{FFFD}b");
}

#[test]
fn blank_invisible_and_endless_texts_are_texts() {
    for text in ["", "   ", "\u{200B}\u{FEFF}", "👨‍👩‍👧‍👦🇲🇽", "ca\u{301}\u{202E}lle", &"á".repeat(70_000)]
    {
        assert_eq!(body_with(json!({"text": {"body": text}}))["text"], text);
    }
}

#[test]
fn a_number_we_do_not_own_is_quarantined_and_ours_goes_on() {
    let mut foreign = change(json!({"messages": [a_text()]}));
    foreign["value"]["metadata"]["phone_number_id"] = json!("1");
    let mut numeric = change(json!({"messages": [a_text()]}));
    numeric["value"]["metadata"]["phone_number_id"] = json!(106_540_352_242_922_i64);
    let nowhere = json!({"field": "messages", "value": {"messages": [a_text()]}});
    let reception = receive(envelope(json!([foreign, numeric, nowhere, 5, {"field": "messages"}])));
    assert_eq!(events(&reception).len(), 1);
    assert_eq!(
        reasons(&reception),
        [
            "the phone_number_id is none of ours",
            "the phone_number_id is none of ours",
            "a change that is not an object",
            "a change of messages without a value",
        ]
    );
}

#[test]
fn fields_of_the_future_are_taken_in_silence() {
    let body = envelope(json!([
        {"field": "campo_del_futuro", "value": [1, 2]},
        {"field": "history", "value": {"history": []}},
        {"field": "smb_app_state_sync", "value": null},
        {"field": 7},
        change(json!({"messages": null, "novedad": {"a": 1}})),
    ]));
    let reception = receive(body);
    assert!(reception.events.is_empty() && reception.quarantined.is_empty());
}

#[test]
fn lists_that_are_no_lists_are_kept() {
    let reception = receive(envelope(json!([change(json!({"messages": {"0": a_text()}, "statuses": "x"}))])));
    assert_eq!(reasons(&reception), ["messages or statuses that are not a list"; 2]);
}

#[test]
fn duplicate_keys_count_once() {
    let body = String::from_utf8(messages(json!([a_text()]))).unwrap();
    let body = body.replace(r#""type":"text""#, r#""type":"image","type":"text""#);
    assert_eq!(only_body(body.into_bytes())["type"], "text");
}

#[test]
fn a_type_without_its_body_or_with_another_shape_is_unsupported() {
    let unsupported = |kind: &str| json!({"type": "unsupported", "kind": kind});
    for odd in [json!(null), json!([]), json!("x"), json!({"body": 7}), json!({"body": null})] {
        assert_eq!(body_with(json!({"text": odd})), unsupported("text"));
    }
    let table = [
        (json!({"type": "image", "image": {"mime_type": "image/jpeg"}}), "image"),
        (json!({"type": "location", "location": {"latitude": "norte", "longitude": 1}}), "location"),
        (json!({"type": "location", "location": {"latitude": 91, "longitude": 1}}), "location"),
        (json!({"type": "interactive", "errors": [{"code": 131_051}]}), "interactive"),
        (json!({"type": "interactive", "interactive": {"type": "list_reply"}}), "list_reply"),
        (json!({"type": "contacts", "contacts": [{"name": {}}]}), "contacts"),
        (json!({"type": "contacts", "contacts": {"0": {}}}), "contacts"),
        (json!({"type": "tipo_del_futuro"}), "tipo_del_futuro"),
        (json!({"type": "Ñandú <script>"}), "_and___script_"),
        (json!({"type": null}), "unknown"),
        (json!({"group_id": "123"}), "group"),
        (json!({"type": "edit", "edit": {"message": {"type": "text"}}}), "edit"),
        (json!({"type": "revoke", "revoke": []}), "revoke"),
        (json!({"type": "order", "order": null, "errors": [{"code": "131060"}]}), UNAVAILABLE_KIND),
        (json!({"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {}}}), "nfm_reply"),
        (
            json!({"type": "interactive", "interactive": {"type": "call_permission_reply"}}),
            "call_permission_reply",
        ),
        (json!({"type": "ephemeral"}), "ephemeral"),
        (json!({"type": "request_welcome"}), "request_welcome"),
    ];
    for (message, kind) in table {
        assert_eq!(body_with(message), unsupported(kind));
    }
    assert!(SILENT_KINDS.contains(&"group") && SILENT_KINDS.contains(&"edit"));
}

#[test]
fn numbers_may_be_strings_and_strings_numbers() {
    let place =
        json!({"type": "location", "location": {"latitude": "19.43", "longitude": -99, "name": "Zócalo"}});
    assert_eq!(body_with(place), json!({"type": "location", "lat": 19.43, "lon": -99.0, "name": "Zócalo"}));
    let numeric = from_with(json!({"from": 5_215_500_000_111_i64, "timestamp": 1_795_200_000}));
    assert_eq!(numeric["address"]["route"], "5215500000111");
}

#[test]
fn a_button_of_a_template_without_payload_is_what_it_reads() {
    let button = json!({"type": "button", "button": {"text": "Confirmar cita"}});
    assert_eq!(body_with(button), json!({"type": "text", "text": "Confirmar cita"}));
}

#[test]
fn a_reaction_with_an_empty_emoji_was_taken_back() {
    let reaction = json!({"type": "reaction", "reaction": {"message_id": "wamid.0", "emoji": ""}});
    assert_eq!(body_with(reaction), json!({"type": "reaction", "target": "wamid.0"}));
}

#[test]
fn mexico_loses_its_one_and_argentina_keeps_its_nine() {
    for (wa_id, phone) in [
        ("5215500000111", "+525500000111"),
        ("525500000111", "+525500000111"),
        ("521550000011", "+521550000011"),
        ("5491100000000", "+5491100000000"),
        ("541100000000", "+541100000000"),
    ] {
        let address = from_with(json!({"from": wa_id}))["address"].clone();
        assert_eq!((address["key"]["value"].as_str(), address["route"].as_str()), (Some(phone), Some(wa_id)));
    }
}

#[test]
fn a_user_id_may_come_where_the_phone_was() {
    let from = from_with(json!({"from": "MX.13491208655302741918"}));
    assert_eq!(from["address"]["key"], json!({"kind": "user", "value": "MX.13491208655302741918"}));
    assert_eq!(from["address"]["route"], "MX.13491208655302741918");
}

#[test]
fn names_are_found_by_id_and_not_by_position() {
    let contacts = json!([
        {"profile": {"name": "José"}, "wa_id": "525500000222", "user_id": "MX.2"},
        {"profile": {"name": " "}, "user_id": "MX.3"},
        {"profile": {"name": "María"}, "wa_id": "5215500000111", "user_id": "MX.1"},
    ]);
    let one = a_text();
    let two = json!({"from_user_id": "MX.2", "id": "wamid.2", "type": "text", "text": {"body": "Hola"}});
    let three = json!({"from_user_id": "MX.3", "id": "wamid.3", "type": "text", "text": {"body": "Hola"}});
    let stranger = json!({"from": "525500000999", "id": "wamid.4", "type": "text", "text": {"body": "Hola"}});
    let body =
        envelope(json!([change(json!({"contacts": contacts, "messages": [one, two, three, stranger]}))]));
    let heard = events(&receive(body));
    let names: Vec<&Value> = heard.iter().map(|event| &event["from"]["name"]).collect();
    assert_eq!(names, [&json!("María"), &json!("José"), &Value::Null, &Value::Null]);
    // The contact gives the phone that the message left out, and the other way round.
    assert_eq!(heard[1]["from"]["address"]["key"]["value"], "+525500000222");
    assert_eq!(heard[0]["from"]["also"], json!([{"kind": "user", "value": "MX.1"}]));
}

#[test]
fn the_only_contact_names_the_only_sender_but_lends_no_keys() {
    let contacts = json!([{"profile": {"name": "María"}, "user_id": "MX.1"}]);
    let body = envelope(json!([change(json!({"contacts": contacts, "messages": [a_text()]}))]));
    let from = events(&receive(body)).remove(0)["from"].clone();
    assert_eq!((from["name"].as_str(), from.get("also")), (Some("María"), None));
}

#[test]
fn statuses_of_every_name_are_read_or_ignored_and_kept_only_without_a_name() {
    let named = |name: &str| json!({"id": "wamid.1", "status": name, "timestamp": 1_795_200_000});
    let names = ["sent", "delivered", "read", "played", "deleted", "warning", "nuevo"];
    let mut statuses: Vec<Value> = names.into_iter().map(named).collect();
    statuses.extend([json!({"status": "sent"}), json!({"id": "wamid.1"})]);
    let reception = receive(envelope(json!([change(json!({"statuses": statuses}))])));
    let states: Vec<Value> = events(&reception).iter().map(|event| event["state"].clone()).collect();
    assert_eq!(states, ["sent", "delivered", "read", "read"]);
    assert_eq!(reasons(&reception), ["a status without an id", "a status without a name"]);
}

#[test]
fn the_reason_of_a_failure_is_the_first_one_with_a_code() {
    let errors = json!([{"title": "…"}, {"code": "131026", "message": "Message undeliverable"}]);
    let failed = json!({"id": "wamid.1", "status": "failed", "errors": errors});
    let told = events(&receive(envelope(json!([change(json!({"statuses": [failed]}))])))).remove(0);
    assert_eq!(told["error"], json!({"code": 131_026, "title": "Message undeliverable"}));
    assert_eq!((&told["at"], &told["reference"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_time_is_kept_as_told_and_nonsense_is_no_time() {
    let table = [
        (json!("1795200000123"), json!(1_795_200_000_123_i64)),
        (json!(1_795_200_000), json!(1_795_200_000_000_i64)),
        // The clock is the server's: it alone can tell that this is the future.
        (json!("4102444800"), json!(4_102_444_800_000_i64)),
        (json!("-5"), Value::Null),
        (json!("ayer"), Value::Null),
        (Value::Null, Value::Null),
    ];
    for (told, read) in table {
        assert_eq!(understood(json!({"timestamp": told}))["sent_at"], read);
    }
}

#[test]
fn each_change_goes_to_the_number_it_names() {
    let accounts: Vec<Value> =
        events(&receive(fixture("batch_mixed.json"))).iter().map(|event| event["account"].clone()).collect();
    assert_eq!(accounts, [NUMBER, NUMBER, NUMBER, OTHER_NUMBER, OTHER_NUMBER, OTHER_NUMBER]);
}

#[test]
fn a_number_that_moved_to_another_waba_is_still_ours() {
    let body = String::from_utf8(messages(json!([a_text()]))).unwrap().replace("109876543210987", "999");
    assert_eq!(receive(body).events.len(), 1);
}

#[test]
fn the_same_message_twice_in_one_post_is_told_twice_and_dropped_by_its_id() {
    let twice = events(&receive(messages(json!([a_text(), a_text()]))));
    assert_eq!(twice[0], twice[1]);
}

#[test]
fn a_thousand_messages_come_in_one_post() {
    let many: Vec<Value> = (0..1000)
        .map(|n| {
            let mut message = a_text();
            message["id"] = json!(format!("wamid.{n}"));
            message
        })
        .collect();
    assert_eq!(receive(messages(json!(many))).events.len(), 1000);
}
