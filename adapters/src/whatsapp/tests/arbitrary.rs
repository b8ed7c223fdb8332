//! Whatever is signed is read or kept: nothing that Meta, or a person through Meta, sends makes us fall.

use proptest::{prelude::*, sample::Index};

use super::{fixtures::webhooks, *};

/// JSON of any shape, with the words of Meta among its keys and values.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "object",
        "whatsapp_business_account",
        "entry",
        "changes",
        "field",
        "value",
        "messages",
        "statuses",
        "metadata",
        "phone_number_id",
        NUMBER,
        "contacts",
        "id",
        "from",
        "type",
        "text",
        "body",
        "image",
        "system",
        "errors",
        "code",
        "status",
        "sent",
        "timestamp",
        "group_id",
        "user_changed_number",
        "wa_id",
        "user_id",
        "interactive",
        "nfm_reply",
        "response_json",
        "phones",
        "name",
        "origin",
        "contact_request",
        "edit",
        "original_message_id",
        "message",
        "order",
        "referral",
        "source_id",
        "context",
        "smb_message_echoes",
        "message_echoes",
        "to",
        "user_preferences",
        "account_update",
        "event",
        "restriction_info",
        "MX.1",
        "5215500000111",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..6)
                .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

/// The fields of a change whose values are lists of items, and the key of the list.
const LISTS: [(&str, &str); 5] = [
    ("messages", "messages"),
    ("messages", "statuses"),
    ("messages", "errors"),
    ("smb_message_echoes", "message_echoes"),
    ("user_preferences", "user_preferences"),
];

/// Types of messages, so that the body below the type is reached often.
const TYPES: [&str; 20] = [
    "text",
    "image",
    "audio",
    "voice",
    "video",
    "document",
    "sticker",
    "location",
    "contacts",
    "interactive",
    "button",
    "reaction",
    "order",
    "system",
    "unsupported",
    "edit",
    "revoke",
    "request_welcome",
    "ephemeral",
    "tipo_del_futuro",
];

fn any_fixture() -> impl Strategy<Value = Vec<u8>> {
    any::<Index>().prop_map(|index| fixture(index.get(&webhooks()[..]).as_str()))
}

/// Puts `new` in the place of one value of the document, wherever it is.
fn replace(document: &mut Value, at: Index, new: Value) {
    let places = 1 + count(document);
    let mut left = at.index(places);
    put(document, &mut left, &mut Some(new));
}

fn count(value: &Value) -> usize {
    children(value).map(|child| 1 + count(child)).sum()
}

fn children(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(items) => Box::new(items.iter()),
        Value::Object(pairs) => Box::new(pairs.values()),
        _ => Box::new(std::iter::empty()),
    }
}

fn put(value: &mut Value, left: &mut usize, new: &mut Option<Value>) {
    if *left == 0 {
        if let Some(new) = new.take() {
            *value = new;
        }
        return;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| descend(item, left, new)),
        Value::Object(pairs) => pairs.values_mut().for_each(|item| descend(item, left, new)),
        _ => {}
    }
}

fn descend(value: &mut Value, left: &mut usize, new: &mut Option<Value>) {
    if new.is_some() {
        put(value, left, new);
    }
}

proptest! {
    #![proptest_config(crate::fuzz::cases(320))]

    #[test]
    fn signed_bytes_are_never_refused(body in prop::collection::vec(any::<u8>(), 0..300)) {
        receive(body);
    }

    #[test]
    fn signed_json_is_never_refused(document in any_json()) {
        receive(document.to_string());
    }

    #[test]
    fn an_item_of_any_list_and_shape_is_understood_kept_or_ignored(item in any_json(), at in any::<Index>()) {
        let (field, list) = *at.get(&LISTS);
        let reception = receive(envelope(json!([change_of(field, json!({list: [item]}))])));
        prop_assert!(reception.events.len() + reception.quarantined.len() <= 1);
    }

    #[test]
    fn a_message_of_any_type_with_any_body_is_understood_or_kept(body in any_json(), at in any::<Index>()) {
        let name = *at.get(&TYPES);
        let mut message = a_text();
        message["type"] = json!(name);
        message[name] = body.clone();
        message["context"] = body.clone();
        message["referral"] = body.clone();
        message["errors"] = body;
        let reception = receive(messages(json!([message])));
        prop_assert_eq!(reception.events.len() + reception.quarantined.len(), 1);
    }

    #[test]
    fn news_of_any_shape_are_told_or_kept(value in any_json(), at in any::<Index>()) {
        let field = *at.get(&super::super::account::FIELDS);
        let reception = receive(envelope(json!([{"field": field, "value": value}])));
        prop_assert!(!reception.events.is_empty() || reception.quarantined.len() == 1);
    }

    #[test]
    fn a_cut_fixture_is_never_refused(whole in any_fixture(), at in any::<Index>()) {
        let cut = at.index(whole.len());
        receive(&whole[..cut]);
    }

    #[test]
    fn a_spliced_fixture_is_never_refused(
        one in any_fixture(), other in any_fixture(), at in any::<Index>(), from in any::<Index>(),
    ) {
        receive([&one[..at.index(one.len())], &other[from.index(other.len())..]].concat());
    }

    #[test]
    fn a_fixture_with_wrong_bytes_is_never_refused(
        whole in any_fixture(), wrong in prop::collection::vec((any::<Index>(), any::<u8>()), 1..8),
    ) {
        let mut body = whole;
        for (at, byte) in wrong {
            let at = at.index(body.len());
            body[at] = byte;
        }
        receive(body);
    }

    #[test]
    fn a_fixture_with_another_value_somewhere_is_never_refused(
        whole in any_fixture(), at in any::<Index>(), new in any_json(),
    ) {
        let mut document: Value = serde_json::from_slice(&whole).unwrap();
        replace(&mut document, at, new);
        receive(document.to_string());
    }
}
