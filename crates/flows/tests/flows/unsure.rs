//! An answer that may mean several things is asked back.

use serde_json::json;
use ventanilla_flows::{Answer, Command, Confidence, Gazetteer, PlaceFound, SlotType};
use ventanilla_values::{Lang, Place};

use crate::support::Talk;

/// Knows two primaries and one crossing.
#[derive(Debug)]
struct Town;

fn place(text: &str, colonia: Option<&str>) -> Place {
    Place { text: text.to_owned(), colonia: colonia.map(str::to_owned), ..Place::default() }
}

impl Gazetteer for Town {
    fn locate(&self, lat: f64, lon: f64) -> Place {
        Place { lat: Some(lat), lon: Some(lon), ..place("Col. Centro", Some("centro")) }
    }

    fn find(&self, text: &str) -> Option<Place> {
        (text.split(' ').count() >= 2 && !text.contains("sé")).then(|| place(text, None))
    }

    fn look_up(&self, text: &str) -> Option<PlaceFound> {
        let written = self.find(text)?;
        let alternatives = match text {
            "la primaria" => {
                vec![place("Primaria Hidalgo", Some("centro")), place("Primaria Juárez", Some("norte"))]
            }
            "hidlgo y morelso" => vec![place("Hidalgo con Morelos, Centro", Some("centro"))],
            _ => Vec::new(),
        };
        let confidence = if alternatives.is_empty() { Confidence::Likely } else { Confidence::Unsure };
        Some(PlaceFound { place: written, confidence, alternatives })
    }
}

fn asked(slot_type: &str, more: &str) -> Talk {
    let steps = format!(
        "  - collect: it\n    type: {slot_type}\n    ask: '¿Dónde?'\n    retry: 'No entendí.'\n{more}  - collect: stop\n    type: text\n    ask: ¿Y?\n"
    );
    Talk { gazetteer: &Town, ..Talk::of(&steps).0 }
}

const ONE: &str = "yes_no: ¿Es Hidalgo con Morelos, Centro? [Sí] [No]";
const TWO: &str =
    "choice: ¿Cuál de estas opciones es? [Primaria Hidalgo] [Primaria Juárez] [Ninguna de estas]";
const FILLED: [&str; 2] = ["x.it filled", "text: ¿Y?"];

#[test]
fn one_place_is_confirmed_with_yes() {
    let mut talk = asked("place", "");
    assert_eq!(talk.say("hidlgo y morelso"), [ONE]);
    assert_eq!(talk.slot("it"), None);
    assert_eq!(talk.say("sí"), FILLED);
    let place = talk.slot("it").unwrap();
    assert_eq!(place["colonia"], "centro");
    assert_eq!(place["text"], "hidlgo y morelso (Hidalgo con Morelos, Centro)");
}

#[test]
fn of_several_places_one_is_chosen_by_button_number_or_words() {
    for answer in ["2", "la juárez", "Primaria Juárez"] {
        let mut talk = asked("place", "");
        assert_eq!(talk.say("la primaria"), [TWO]);
        assert_eq!(talk.say(answer), FILLED, "{answer}");
        assert_eq!(talk.slot("it").unwrap()["colonia"], "norte", "{answer}");
    }
    let mut talk = asked("place", "");
    talk.say("la primaria");
    let payloads = talk.payloads();
    assert_eq!(payloads, ["x.it.2:_which_0", "x.it.2:_which_1", "x.it.2:_which_none"]);
    talk.press(&payloads[0]);
    assert_eq!(talk.slot("it").unwrap()["colonia"], "centro");
}

#[test]
fn who_refuses_is_asked_once_more_and_then_taken_at_their_word() {
    let mut talk = asked("place", "");
    talk.say("hidlgo y morelso");
    assert_eq!(talk.say("no"), ["no match 1", "place: Va, entonces no. ¿Dónde?"]);
    assert_eq!(talk.say("hidlgo y morelso"), FILLED);
    assert_eq!(talk.slot("it").unwrap()["text"], "hidlgo y morelso");
    assert_eq!(talk.slot("it").unwrap()["colonia"], json!(null));
}

#[test]
fn a_correction_or_a_pin_is_a_new_answer() {
    let mut talk = asked("place", "");
    talk.say("hidlgo y morelso");
    assert_eq!(talk.say("no, es la calle 12"), FILLED);
    assert_eq!(talk.slot("it").unwrap()["text"], "la calle 12");
    let mut talk = asked("place", "");
    talk.say("la primaria");
    assert_eq!(talk.pin(), FILLED);
    assert_eq!(talk.slot("it").unwrap()["text"], "Col. Centro");
}

#[test]
fn what_says_nothing_is_asked_back_again_and_then_a_person_comes() {
    let mut talk = asked("place", "");
    talk.say("la primaria");
    let again = |words: &str| TWO.replacen("¿", &format!("{words} ¿"), 1);
    assert_eq!(talk.say("sepa"), ["no match 1".to_owned(), again("No te entendí bien.")]);
    assert_eq!(talk.say("sepa"), ["no match 2".to_owned(), again("Perdón, sigo sin entenderte.")]);
    let lines = talk.say("sepa");
    assert_eq!(lines[0], "no match 3");
    assert!(lines.contains(&"+agent".to_owned()), "{lines:?}");
}

#[test]
fn an_optional_place_can_still_be_skipped_and_old_buttons_are_told_apart() {
    let mut talk = asked("place", "    optional: Omitir\n");
    let skip = talk.payloads().pop().unwrap();
    talk.say("la primaria");
    let old = talk.payloads()[0].clone();
    assert_eq!(talk.press(&skip), FILLED);
    assert_eq!(talk.slot("it"), Some(json!(null)));

    let mut talk = asked("place", "");
    talk.say("la primaria");
    talk.say("hidlgo y morelso");
    let lines = talk.press(&old);
    assert_eq!(lines, ["stale", "Esa opción ya pasó.", ONE], "another list had another first place");
}

#[test]
fn it_is_repeated_and_told_in_the_other_language() {
    let mut talk = asked("place", "");
    talk.say("la primaria");
    assert_eq!(talk.command(Command::Repeat), [TWO]);
    let lines = talk.command(Command::Language { lang: Lang::EN });
    assert_eq!(
        lines[1],
        "choice: Which of these is it? [Primaria Hidalgo] [Primaria Juárez] [None of these]"
    );
    assert_eq!(talk.say("none of these"), ["no match 1", "place: All right, then not. ¿Dónde?"]);
}

#[test]
fn an_hour_without_its_half_of_the_day_is_asked_back() {
    let mut talk = asked("time", "");
    assert_eq!(
        talk.say("a las 4"),
        ["choice: ¿Cuál de estas opciones es? [4:00 de la tarde] [4:00 de la madrugada]"]
    );
    assert_eq!(talk.say("de la tarde"), FILLED);
    assert_eq!(talk.slot("it"), Some(json!("16:00")));
    let mut talk = asked("time", "    hours: '08:00-15:00'\n");
    assert_eq!(talk.say("a las 9"), FILLED, "the office is closed at night");
}

#[test]
fn two_days_and_a_year_of_birth_are_asked_back() {
    let mut talk = asked("date", "");
    assert_eq!(
        talk.say("martes 9 de marzo"),
        ["choice: ¿Cuál de estas opciones es? [Martes 3 de marzo] [Lunes 9 de marzo]"]
    );
    assert_eq!(talk.say("el lunes"), FILLED);
    assert_eq!(talk.slot("it"), Some(json!("2026-03-09")));
    let mut talk = asked("age", "");
    assert_eq!(talk.say("nací en 1964"), ["choice: ¿Cuál de estas opciones es? [62 años] [61 años]"]);
    assert_eq!(talk.say("61"), FILLED);
    assert_eq!(talk.slot("it").unwrap()["years"], 61);
}

#[test]
fn the_open_question_is_a_choice_while_it_is_asked_back() {
    let mut talk = asked("place", "");
    talk.say("la primaria");
    let question = talk.library.open_question(&talk.session).unwrap();
    assert_eq!((question.slot_type, question.slot.as_str()), (SlotType::Choice, "it"));
    let accepts = |text: &str| talk.accepts(&Answer::Text { text: text.to_owned() });
    assert!(accepts("1") && accepts("ninguna") && accepts("calle 12"));
    assert!(!accepts("cancelar") && !accepts("gracias"));
}
