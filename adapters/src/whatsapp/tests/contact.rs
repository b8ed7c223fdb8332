//! Contact cards: when a number is the sender's own, and when it must not be.

use super::*;

/// A person without a phone sends these cards.
fn cards(cards: Value) -> Value {
    events(&receive(messages(json!([{"from_user_id": "MX.1", "id": "wamid.1", "type": "contacts",
        "contacts": cards}]))))
    .remove(0)
}

fn answer(phones: Value) -> Value {
    json!({"name": {"formatted_name": "Rosa"}, "phones": phones, "origin": "contact_request"})
}

#[test]
fn the_answer_to_our_request_joins_phone_and_user_id() {
    let event = event_of("in_contacts_phone_answer.json");
    assert_eq!(event["from"]["address"]["key"], json!({"kind": "user", "value": "MX.90210036547788121004"}));
    assert_eq!(event["from"]["also"], json!([{"kind": "phone", "value": "+525500000333"}]));
    assert_eq!(
        event["body"],
        json!({"type": "contact", "own": true, "name": "Vecina Anónima", "phones": ["+525500000333"]})
    );
}

#[test]
fn a_card_of_somebody_else_joins_nobody() {
    let event = event_of("in_contacts_third_party.json");
    assert_eq!(event["from"]["also"], json!([{"kind": "user", "value": "MX.13491208655302741918"}]));
    assert_eq!(event["body"]["own"], false);
    assert_eq!(event["body"]["phones"], json!(["+525500000444", "+525500000445"]));
}

#[test]
fn a_number_is_own_only_where_nothing_speaks_against_it() {
    let phone = |wa_id: &str| json!({"wa_id": wa_id, "phone": "+52 1 55 0000 0333"});
    let own =
        answer(json!([phone("5215500000333"), {"phone": "+52 55 0000 0333"}, {"phone": "55 0000 0999"}]));
    assert_eq!(cards(json!([own]))["body"]["phones"], json!(["+525500000333"]));
    let doubtful = [
        json!([answer(json!([phone("5215500000333"), phone("5215500000444")]))]),
        json!([answer(json!([{"phone": "5500000333"}, {"phone": "5500000444"}]))]),
        json!([answer(json!([{"wa_id": "5215500000333", "user_id": "MX.2"}]))]),
        json!([answer(json!([phone("5215500000333")])), answer(json!([phone("5215500000333")]))]),
        json!([{"phones": [phone("5215500000333")]}]),
        json!([{"phones": [phone("5215500000333")], "origin": "other"}]),
    ];
    for doubtful in doubtful {
        let event = cards(doubtful.clone());
        assert_eq!((&event["body"]["own"], event["from"].get("also")), (&json!(false), None), "{doubtful}");
    }
}

#[test]
fn the_card_of_another_phone_than_they_write_from_is_not_their_own() {
    let from = |phone: &str| {
        let card = answer(json!([{"phone": phone}]));
        understood(json!({"type": "contacts", "contacts": [card]}))
    };
    assert_eq!(from("+52 55 0000 0111")["body"]["own"], true);
    assert_eq!(from("+52 55 0000 0111")["from"].get("also"), None, "it is known already");
    assert_eq!(from("+52 55 0000 0222")["body"]["own"], false);
}

#[test]
fn what_stands_in_an_address_book_is_read_as_well_as_it_can_be() {
    let read = |phones: Value| cards(json!([{"phones": phones}]))["body"].clone();
    let typed =
        json!([{"phone": "(998) 555-01 42"}, {"phone": "+54 9 11 5555-0142"}, {"phone": "ext. 12"}, {}, 7]);
    assert_eq!(read(typed)["phones"], json!(["+529985550142", "+5491155550142"]));
    assert_eq!(read(json!("x")), json!({"type": "unsupported", "kind": "contacts"}));
    let named = cards(json!([{"name": {"first_name": "Rosa", "last_name": "Paz"}}]));
    assert_eq!(named["body"], json!({"type": "contact", "own": false, "name": "Rosa Paz"}));
}

#[test]
fn of_hundreds_of_cards_only_some_are_read() {
    let card = |n: usize| json!({"phones": [{"wa_id": format!("52550000{n:04}")}]});
    let many = cards(json!((0..257).map(card).collect::<Vec<Value>>()));
    assert_eq!(many["body"]["phones"].as_array().unwrap().len(), 20);
}
