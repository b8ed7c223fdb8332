//! The rules against sentences and against the repository's own phrases. When one breaks, write a rule or an idiom;
//! don't take the sentence out.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use ventanilla_values::SourceFile;

use super::*;
use crate::{PhraseBook, is_safety, load};

/// What a fair classifier says of a danger, at least.
const POSSIBLE: f32 = 0.2;
/// What it says of most other texts, at most.
const UNLIKELY: f32 = 0.04;

/// Phrases of other intents that are an alarm all the same, because somebody may well be in danger.
const RATHER_AN_ALARM: [&str; 7] = [
    "mi hermana tuvo embolia y no mueve un brazo",
    "q hago, a mi esposa le dio un derrame y quedo invalida",
    "my dad had a stroke and can't move one side",
    "a dog bit my son yesterday, it has no owner",
    "unos agentes me detuvieron sin motivo y me golpearon",
    "mi jefe del ayuntamiento me acosa y me pide cosas para no correrme",
    "venía yo de trabajar y me paró la patrulla dizque por sospechoso, me esculcaron todo y se quedaron con mi \
     raya de la semana y me dijeron que si decía algo me iba peor",
];

fn alarm(text: &str, probability: f32) -> Option<&'static str> {
    let of = |intent: &str| if intent == "crisis.violence" { probability } else { 0.0 };
    verdict(&signs(text), of).map(|safety| safety.intent)
}

fn dangerous() -> BTreeMap<String, Vec<String>> {
    serde_saphyr::from_str(include_str!("tests/dangerous.yaml")).unwrap()
}

fn book() -> PhraseBook {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../intents");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let source = |path: std::path::PathBuf| SourceFile {
        path: path.file_name().unwrap().to_string_lossy().into_owned(),
        text: std::fs::read_to_string(path).unwrap(),
    };
    load(&paths.map(source).collect::<Vec<_>>()).0
}

#[test]
fn every_rule_can_be_read() {
    assert_eq!(rules::RULES.problems, Vec::<String>::new());
}

#[test]
fn no_rule_spans_more_words_than_are_looked_at() {
    for rule in &rules::RULES.rules {
        assert!(rule.patterns.iter().all(|pattern| pattern.longest() <= matcher::SPAN), "{}", rule.name);
    }
}

#[test]
fn whoever_is_in_danger_is_heard() {
    let all: Vec<String> = dangerous().into_values().flatten().collect();
    assert!(all.len() >= 220);
    let missed: Vec<&String> = all.iter().filter(|text| alarm(text, POSSIBLE).is_none()).collect();
    assert!(missed.is_empty(), "{missed:#?}");
    let unsure = all.iter().filter(|text| alarm(text, 0.0).is_none()).count();
    assert!(unsure * 50 <= all.len(), "{unsure} need a classifier");
}

#[test]
fn who_is_not_in_danger_is_left_in_peace() {
    let all: Vec<String> = serde_saphyr::from_str(include_str!("tests/harmless.yaml")).unwrap();
    assert!(all.len() >= 320);
    let alarmed: Vec<&String> = all.iter().filter(|text| alarm(text, UNLIKELY).is_some()).collect();
    assert!(alarmed.is_empty(), "{alarmed:#?}");
}

#[test]
fn the_held_out_phrases_of_the_crises_need_no_classifier() {
    let held_out: Vec<_> = book().held_out().into_iter().filter(|one| is_safety(&one.intent)).collect();
    assert!(held_out.len() > 60);
    let missed: Vec<&String> =
        held_out.iter().map(|one| &one.text).filter(|text| alarm(text, 0.0).is_none()).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn no_phrase_of_another_intent_is_an_alarm_by_its_words_alone() {
    let book = book();
    let others = book.intents.iter().filter(|intent| !is_safety(&intent.name));
    let phrases = others.flat_map(|intent| intent.phrases.values().chain(intent.test.values()).flatten());
    let alarmed: Vec<&String> = phrases
        .filter(|text| alarm(text, 0.0).is_some() && !RATHER_AN_ALARM.contains(&text.as_str()))
        .collect();
    assert!(alarmed.is_empty(), "{alarmed:#?}");
}

#[test]
fn a_sign_tells_where_and_why_and_nothing_of_the_text() {
    let text = "¡Ándale! ya no quiero vivir";
    let sign = signs(text).into_iter().find(|sign| sign.weight == Weight::Certain).unwrap();
    assert!(text.get(sign.span.clone()).unwrap().ends_with("vivir"));
    assert!(!format!("{sign:?}").contains("quiero"));
}

#[test]
fn a_cry_at_the_end_of_a_long_story_is_heard() {
    let story = "fui a la oficina y me dijeron que regresara. ".repeat(200);
    assert_eq!(alarm(&format!("{story} ya no quiero vivir"), 0.0), Some("crisis.self_harm"));
}

#[test]
fn a_long_text_takes_a_moment_only() {
    let unlucky = ["me quiero morir de ", "a", "no me ", "¿"].map(|part| part.repeat(10_000));
    let start = Instant::now();
    for text in &unlucky {
        signs(text);
    }
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_message_takes_microseconds() {
    let text = "buenas tardes oiga hay un bache bien grande afuera de mi casa y nadie viene";
    signs(text);
    let start = Instant::now();
    for _ in 0..200 {
        signs(text);
    }
    let each = start.elapsed() / 200;
    println!("{each:?} for {} words", text.split(' ').count());
    assert!(each < Duration::from_millis(2), "{each:?}");
}

proptest! {
    #[test]
    fn any_text_is_borne(text in "\\PC{0,300}") {
        for sign in signs(&text) {
            prop_assert!(text.get(sign.span.clone()).is_some_and(|words| !words.is_empty()));
        }
    }

    #[test]
    fn any_words_of_the_rules_are_borne(
        words in prop::collection::vec(
            prop::sample::select(vec!["me", "quiero", "matar", "de", "risa", "no", "mi", "esposo", "gas", "a", "el", ".", "🔥"]),
            0..200,
        ),
    ) {
        let text = words.join(" ");
        for sign in signs(&text) {
            prop_assert!(text.get(sign.span.clone()).is_some_and(|words| !words.is_empty()));
        }
    }
}
