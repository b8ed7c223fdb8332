use serde_json::{Value, json};

use super::support::{Bench, MARIA, interactive, message};

#[tokio::test]
async fn somebody_who_hides_their_number_shows_it_when_asked() {
    let bench = Bench::new().await;
    bench.profile(MARIA, json!({"hide_phone": true})).await;
    bench.writes(MARIA, "hola").await;
    let ask = interactive("request_contact_info", &json!({"name": "request_contact_info"}));
    let shown = bench.shows(ask).await;
    assert_eq!(shown["type"], "contact_request");
    let (_, hook) = bench.does(MARIA, json!({"type": "own_contact", "message_id": shown["id"]})).await;
    let message = hook.value()["messages"][0].clone();
    assert_eq!(message.get("from"), None);
    assert_eq!(message["context"]["id"], shown["id"]);
    let card = &message["contacts"][0];
    assert_eq!(card["origin"], "contact_request");
    assert_eq!(
        (&card["phones"][0]["wa_id"], &card["phones"][0]["user_id"]),
        (&json!(MARIA), &message["from_user_id"])
    );
}

#[tokio::test]
async fn the_card_of_a_neighbour_is_not_the_persons_own() {
    let bench = Bench::new().await;
    let cards = json!([{"name": "Plomero Beto", "phone": "+52 55 1234 5678"}, {"name": "Sin número"}]);
    let (_, hook) = bench.does(MARIA, json!({"type": "contacts", "contacts": cards})).await;
    let told = hook.value()["messages"][0]["contacts"].clone();
    assert_eq!(told[0]["origin"], "other");
    assert_eq!(told[0]["phones"][0]["wa_id"], "525512345678");
    assert_eq!(told[1], json!({"name": {"formatted_name": "Sin número"}, "origin": "other"}));
    let bubble = bench.page(&format!("phones/{MARIA}/messages")).await["messages"][0].clone();
    assert_eq!((&bubble["type"], &bubble["contacts"]), (&json!("contacts"), &cards));
}

#[tokio::test]
async fn the_town_sends_whole_cards_and_nothing_else() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    let card = || {
        json!({
            "name": {"formatted_name": "Protección Civil", "first_name": "Protección", "last_name": "Civil"},
            "phones": [{"phone": "+52 55 0000 0911", "type": "WORK", "wa_id": "525500000911"}],
            "emails": [{"email": "pc@villa.example", "type": "WORK"}],
            "urls": [{"url": "https://villa.example/pc", "type": "WORK"}],
            "addresses": [{"street": "Calle 5", "city": "Villa", "country_code": "mx", "type": "WORK"}],
            "org": {"company": "Municipio", "department": "Protección Civil", "title": "Guardia"},
            "birthday": "2000-02-29",
        })
    };
    let shown = bench.shows(message("contacts", json!([card()]))).await;
    assert_eq!(shown["contacts"], json!([{"name": "Protección Civil", "phone": "+52 55 0000 0911"}]));
    let with = |pointer: &str, value: Value| {
        let mut card = card();
        *card.pointer_mut(pointer).unwrap() = value;
        message("contacts", json!([card]))
    };
    let cases = [
        (message("contacts", json!([])), 131_009, "contacts: count invalid"),
        (message("contacts", vec![card(); 258].into()), 131_009, "max: 257"),
        (with("/name/formatted_name", Value::Null), 131_008, "contacts[0].name.formatted_name"),
        (with("/name", json!({"formatted_name": "a", "apodo": "b"})), 100, "contacts[0].name.apodo"),
        (with("/phones/0", json!({"number": "1"})), 100, "contacts[0].phones[0].number"),
        (with("/urls/0/url", json!("villa.example")), 131_009, "contacts[0].urls[0].url"),
        (with("/birthday", json!("29/02/2000")), 131_009, "contacts[0].birthday"),
        (with("/org/title", json!(7)), 100, "contacts[0].org.title"),
    ];
    for (body, code, details) in cases {
        bench.refuses(body, code, details).await;
    }
}
