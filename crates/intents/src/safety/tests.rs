//! The rules against sentences and against the repository's own phrases. When one breaks, write a rule or an idiom;
//! don't take the sentence out.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use ventanilla_values::SourceFile;

use super::*;
use crate::{PhraseBook, is_safety, load};

/// What a certain sign that no idiom covers says.
fn certain(text: &str) -> Option<&'static str> {
    let signs = signs(text);
    let certain = verdict::counting(&signs).into_iter().find(|sign| sign.weight == Weight::Certain)?;
    Some(certain.intent)
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
        assert!(
            rule.patterns.iter().all(|guarded| guarded.pattern.longest() <= matcher::SPAN),
            "{}",
            rule.name
        );
    }
}

#[test]
fn whoever_is_in_danger_leaves_a_certain_sign() {
    let all: Vec<String> = dangerous().into_values().flatten().collect();
    assert!(all.len() >= 220);
    let missed: Vec<&String> = all.iter().filter(|text| certain(text).is_none()).collect();
    assert!(missed.len() * 50 <= all.len(), "{missed:#?}");
}

#[test]
fn who_is_not_in_danger_leaves_none() {
    let all: Vec<String> = serde_saphyr::from_str(include_str!("tests/harmless.yaml")).unwrap();
    assert!(all.len() >= 320);
    let alarmed: Vec<&String> = all.iter().filter(|text| certain(text).is_some()).collect();
    assert!(alarmed.is_empty(), "{alarmed:#?}");
}

#[test]
fn the_held_out_phrases_of_the_crises_leave_a_certain_sign() {
    let held_out: Vec<_> = book().held_out().into_iter().filter(|one| is_safety(&one.intent)).collect();
    assert!(held_out.len() > 60);
    let missed: Vec<&String> =
        held_out.iter().map(|one| &one.text).filter(|text| certain(text).is_none()).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// The held-out phrases only: of those that are learnt, thousands were written to resemble a danger, and the classifier
/// tells them apart, not the words.
#[test]
fn few_phrases_of_other_intents_leave_a_certain_sign() {
    let held_out = book().held_out();
    let phrases: Vec<&String> =
        held_out.iter().filter(|one| !is_safety(&one.intent)).map(|one| &one.text).collect();
    let alarmed: Vec<&&String> = phrases.iter().filter(|text| certain(text).is_some()).collect();
    assert!(phrases.len() > 800);
    assert!(alarmed.len() * 50 <= phrases.len(), "{} of {}: {alarmed:#?}", alarmed.len(), phrases.len());
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
    assert_eq!(certain(&format!("{story} ya no quiero vivir")), Some("crisis.self_harm"));
}

/// A search that grew with the square of the length would not come to an end here.
#[test]
fn a_very_long_text_is_read_to_its_end() {
    let unlucky = ["me quiero morir de ", "a", "no me ", "¿"].map(|part| part.repeat(10_000));
    let found: Vec<usize> = unlucky.iter().map(|text| signs(text).len()).collect();
    assert!(found.iter().all(|count| *count < 40_000), "{found:?}");
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
