//! A case for every slot type: what fills it, what does not.

use serde_json::json;
use ventanilla_flows::{Answer, SlotType};

use crate::support::Talk;

fn asked(slot_type: SlotType, more: &str) -> Talk {
    let options = match slot_type {
        SlotType::Choice => "    options: '{{ catalogue.kinds }}'\n",
        _ => "",
    };
    let steps = format!(
        "  - collect: it\n    type: {slot_type}\n    ask: ¿Qué?\n    retry: No entendí.\n{options}{more}  - collect: stop\n    type: text\n    ask: ¿Y?\n"
    );
    Talk::of(&steps).0
}

/// What fills a slot of this type, what the slot then holds, and what does not fill it.
fn case(slot_type: SlotType) -> (Answer, serde_json::Value, Answer) {
    let text = |text: &str| Answer::Text { text: text.to_owned() };
    let photo = Answer::Photo { id: "p1".into(), caption: Some("mira".into()) };
    let pin = Answer::Location { lat: 1.0, lon: 2.0, name: Some("La plaza".into()), address: None };
    match slot_type {
        SlotType::Text => (text(" hay un hoyo "), json!("hay un hoyo"), pin),
        SlotType::Choice => (text("hoyo"), json!("pothole"), text("un unicornio morado")),
        SlotType::YesNo => (text("sí"), json!(true), text("la calle 12")),
        SlotType::Number => (text("3"), json!(3), text("la calle")),
        SlotType::Place => (
            text("Juárez y 12"),
            json!({"text": "Juárez y 12", "lat": null, "lon": null, "colonia": null, "inside": null}),
            Answer::Photo { id: "p1".into(), caption: None },
        ),
        SlotType::Photo => (photo, json!("p1"), text("no sé")),
        SlotType::Phone => (text("55 1234 5678"), json!("+525512345678"), text("luego te digo")),
        SlotType::Folio => (text("pc 4827 1361"), json!("PC-4827-1361"), text("no me acuerdo")),
        SlotType::Date => (text("el lunes 9 de marzo"), json!("2026-03-09"), text("31 de febrero")),
        SlotType::Time => (text("4 y media de la tarde"), json!("16:30"), text("en la tarde")),
        SlotType::DateRange => (
            text("del 3 al 8 de mayo"),
            json!({"from": "2026-05-03", "to": "2026-05-08"}),
            text("luego te digo"),
        ),
        SlotType::TimeRange => (text("de 9 a 1"), json!({"from": "09:00", "to": "13:00"}), text("luego")),
        SlotType::Email => (text("ana arroba example punto mx"), json!("ana@example.mx"), text("ana@")),
        SlotType::Curp => (text("es hegg560427mvzrrl04"), json!("HEGG560427MVZRRL04"), text("HEGG56")),
        SlotType::Rfc => (text("gode 561231 gr8"), json!("GODE561231GR8"), text("GODE561231GR9")),
        SlotType::Plate => (text("abc-123-d"), json!("ABC123D"), text("un tsuru rojo")),
        SlotType::Money => (text("1250"), json!({"amount": 1250, "currency": "MXN"}), text("mucho")),
        SlotType::FullName => (
            text("me llamo ana pech ku"),
            json!({"text": "Ana Pech Ku", "given": "Ana", "surnames": "Pech Ku"}),
            text("Rosa"),
        ),
        SlotType::Age => (text("34 años"), json!({"years": 34, "months": 0}), text("no te digo")),
    }
}

#[test]
fn every_slot_type_takes_what_it_understands() {
    for slot_type in SlotType::ALL {
        let (good, value, _) = case(slot_type);
        let mut talk = asked(slot_type, "");
        assert!(talk.accepts(&good), "{slot_type}");
        assert_eq!(talk.answer(good), ["x.it filled", "text: ¿Y?"], "{slot_type}");
        assert_eq!(talk.slot("it"), Some(value), "{slot_type}");
    }
}

#[test]
fn every_slot_type_asks_again_when_it_does_not_understand() {
    for slot_type in SlotType::ALL {
        let (_, _, bad) = case(slot_type);
        let mut talk = asked(slot_type, "");
        assert!(!talk.accepts(&bad), "{slot_type}");
        let lines = talk.answer(bad);
        assert_eq!(lines[0], "no match 1", "{slot_type}");
        assert!(lines[1].contains("No entendí."), "{slot_type}: {lines:?}");
        assert_eq!(talk.slot("it"), None);
    }
}

#[test]
fn a_pin_is_kept_to_the_centimetre_and_must_lie_on_the_globe() {
    let pin = |lat: f64, lon: f64| Answer::Location { lat, lon, name: None, address: None };
    for (lat, lon) in [(90.1, 0.0), (0.0, -180.5), (f64::NAN, 0.0), (1e300, 1e300), (0.0, f64::INFINITY)] {
        let mut talk = asked(SlotType::Place, "");
        assert_eq!(talk.answer(pin(lat, lon))[0], "no match 1", "{lat}, {lon}");
    }
    let mut talk = asked(SlotType::Place, "");
    talk.answer(pin(18.926_349_123_456_7, -91.113_151_987_654_3));
    let place = talk.slot("it").unwrap();
    assert_eq!((&place["lat"], &place["lon"]), (&json!(18.926_349_1), &json!(-91.113_152)));
}

#[test]
fn every_optional_question_can_be_skipped_by_button_and_by_words() {
    for slot_type in SlotType::ALL {
        for word in ["omitir", "Saltar", "no tengo", "skip", "Mejor no"] {
            let mut talk = asked(slot_type, "    optional: Mejor no\n");
            // "mejor no" says no where yes or no is asked.
            if slot_type == SlotType::YesNo && word == "Mejor no" {
                continue;
            }
            assert_eq!(talk.say(word), ["x.it filled", "text: ¿Y?"], "{slot_type} {word}");
            assert_eq!(talk.slot("it"), Some(json!(null)), "{slot_type} {word}");
        }
        let mut talk = asked(slot_type, "    optional: Mejor no\n");
        let skip = talk.payloads().pop().unwrap();
        assert!(skip.ends_with(":_skip"));
        assert_eq!(talk.press(&skip), ["x.it filled", "text: ¿Y?"]);
    }
}

#[test]
fn the_skip_option_is_chosen_by_its_number_too() {
    // On a channel without buttons it is shown as "1. Saltar".
    for slot_type in [SlotType::Photo, SlotType::Place, SlotType::Text] {
        let mut talk = asked(slot_type, "    optional: Saltar\n");
        talk.say("1");
        assert_eq!(talk.slot("it"), Some(json!(null)), "{slot_type}");
    }
    let mut talk = asked(SlotType::Number, "    optional: Saltar\n");
    talk.say("1");
    assert_eq!(talk.slot("it"), Some(json!(1)), "one is a number");
}

#[test]
fn no_is_an_answer_to_yes_or_no_and_skips_what_is_optional_elsewhere() {
    let mut talk = asked(SlotType::YesNo, "    optional: Saltar\n");
    talk.say("no");
    assert_eq!(talk.slot("it"), Some(json!(false)));
    let mut talk = asked(SlotType::Text, "    optional: Saltar\n");
    talk.say("no");
    assert_eq!(talk.slot("it"), Some(json!(null)));
}

#[test]
fn a_choice_is_made_by_button_number_label_or_synonym() {
    for word in ["1", "Bache", "bache", "hoyo"] {
        let mut talk = asked(SlotType::Choice, "");
        talk.say(word);
        assert_eq!(talk.slot("it"), Some(json!("pothole")), "{word}");
    }
    let mut talk = asked(SlotType::Choice, "");
    let payloads = talk.payloads();
    assert_eq!(payloads, ["x.it.1:pothole", "x.it.1:light"]);
    talk.press(&payloads[1]);
    assert_eq!(talk.slot("it"), Some(json!("light")));
}

#[test]
fn numbers_and_texts_have_bounds() {
    let mut talk = asked(SlotType::Number, "    min: 1\n    max: 9\n");
    assert_eq!(talk.say("12")[0], "no match 1");
    assert_eq!(talk.say("9")[0], "x.it filled");
    let mut talk = asked(SlotType::Text, "    max_length: 5\n");
    assert_eq!(talk.say("seis más")[0], "no match 1");
    assert_eq!(talk.say("ñandú")[0], "x.it filled");
}

#[test]
fn a_pin_has_its_place_and_the_words_under_a_photo_can_answer() {
    let mut talk = asked(SlotType::Place, "");
    talk.pin();
    assert_eq!(talk.slot("it").unwrap()["lat"], 18.5);
    let mut talk = asked(SlotType::Text, "");
    talk.photo(Some("hay un hoyo"));
    assert_eq!(talk.slot("it"), Some(json!("hay un hoyo")));
    let mut talk = asked(SlotType::Photo, "");
    talk.photo(Some("hay un hoyo"));
    assert_eq!(talk.slot("it"), Some(json!("p1")));
}
