use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::labelled::Labelled;
use crate::phrases::IntentPhrases;
use crate::understanding::Certainty;

/// A small town: what is said x where it is said, in two languages.
fn book() -> PhraseBook {
    let intents = [
        ("report.pothole", ["bache", "hoyo en el pavimento"], ["pothole", "hole in the road"]),
        (
            "report.streetlight",
            ["lámpara fundida", "poste sin luz"],
            ["broken streetlight", "dark lamp post"],
        ),
        (
            "report.garbage",
            ["no pasó la basura", "bolsas de basura"],
            ["trash was not collected", "garbage bags"],
        ),
        ("none", ["receta de pastel", "quién ganó el partido"], ["cake recipe", "who won the match"]),
    ];
    let es = [
        "hay {} en mi calle",
        "{}",
        "otra vez {} aquí en la esquina",
        "vengan por favor, {}",
        "quiero reportar {}",
    ];
    let en = [
        "there is {} on my street",
        "{}",
        "again {} here at the corner",
        "please come, {}",
        "i want to report {}",
    ];
    let say = |frames: [&str; 5], things: [&str; 2]| {
        frames.iter().flat_map(|frame| things.map(|thing| frame.replace("{}", thing))).collect::<Vec<_>>()
    };
    let phrases = |(name, things_es, things_en): (&str, [&str; 2], [&str; 2])| IntentPhrases {
        name: Arc::from(name),
        title: [(Lang::ES, things_es[0].to_owned())].into(),
        phrases: [(Lang::ES, say(es, things_es)), (Lang::EN, say(en, things_en))].into(),
        test: [(Lang::ES, vec![format!("ayer vi {} por el mercado", things_es[0])])].into(),
    };
    let mut intents: Vec<IntentPhrases> = intents.map(phrases).into();
    intents.sort_by(|a, b| a.name.cmp(&b.name));
    PhraseBook { intents, languages: Vec::new() }
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::train(&book(), &TrainOptions::default()));

fn first(text: &str) -> String {
    MODEL.understand(text).ranked[0].intent.to_string()
}

#[test]
fn what_was_never_said_like_that_is_still_understood() {
    assert_eq!(first("BACHEEEE enorme!!! afuera de la escuela"), "report.pothole");
    assert_eq!(first("la lampara del parque esta fundida"), "report.streetlight");
    assert_eq!(first("they did not collect the trash"), "report.garbage");
    assert_eq!(first("me pasas una receta"), "none");
}

#[test]
fn confidences_are_a_share_each_best_first() {
    let understanding = MODEL.understand("hay un bache");
    let confidences: Vec<f32> = understanding.ranked.iter().map(|r| r.confidence).collect();
    assert!(confidences.is_sorted_by(|a, b| a >= b));
    assert!((confidences.iter().sum::<f32>() - 1.0).abs() < 1e-4, "{confidences:?}");
}

#[test]
fn gibberish_numbers_and_nothing_are_unsure() {
    for text in ["asdkjh qwe", "zxcvbnm", "", "   ", "???", "12", "5512345678", "你好吗", "\u{0}\u{fffd}"]
    {
        let understanding = MODEL.understand(text);
        assert_eq!(understanding.certainty, Certainty::Unsure, "{text:?}: {understanding:?}");
    }
}

#[test]
fn out_of_scope_is_unsure_however_clear() {
    assert_eq!(MODEL.understand("receta de pastel").certainty, Certainty::Unsure);
}

#[test]
fn the_language_is_told_where_it_shows() {
    assert_eq!(MODEL.understand("quiero reportar una cosa en la esquina").language, Some(Lang::ES));
    assert_eq!(MODEL.understand("there is a hole on the street").language, Some(Lang::EN));
}

#[test]
fn two_trainings_with_one_seed_are_equal_to_the_last_bit() {
    assert_eq!(Model::train(&book(), &TrainOptions::default()).save(), MODEL.save());
}

#[test]
fn a_saved_model_answers_as_before_and_knows_its_phrases() {
    let loaded = Model::load(&MODEL.save(), None).unwrap();
    assert_eq!(loaded.save(), MODEL.save());
    assert!(loaded.fits(&book()));
    let mut changed = book();
    changed.intents[0].phrases.get_mut(&Lang::ES).unwrap().push("algo nuevo".to_owned());
    assert!(!loaded.fits(&changed));
}

#[test]
fn held_out_phrases_are_not_learnt() {
    let mut other = book();
    other.intents.iter_mut().for_each(|intent| intent.test.clear());
    let without = Model::train(&other, &TrainOptions::default());
    for text in ["hay un bache enorme", "no hay agua", "gracias"] {
        assert_eq!(without.understand(text).ranked, MODEL.understand(text).ranked, "{text}");
    }
    assert!(!MODEL.fits(&other), "they say how confident it may be");
}

#[test]
fn a_damaged_file_says_what_to_do() {
    let good = MODEL.save();
    let mut flipped = good.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let mut newer = good.clone();
    newer[8] = 99;
    for (bytes, words) in [
        (&flipped[..], "checksum"),
        (&good[..good.len() - 1], "checksum"),
        (&good[..20], "ends too early"),
        (&newer[..], "format 99"),
        (b"PK\x03\x04 a zip".as_slice(), "not a saved model"),
        (b"".as_slice(), "not a saved model"),
    ] {
        let error = Model::load(bytes, None).unwrap_err().to_string();
        assert!(error.contains(words) && error.contains("ventanilla intents train"), "{error}");
    }
}

#[test]
fn an_empty_book_gives_a_model_that_is_unsure_of_everything() {
    let model = Model::train(&PhraseBook::default(), &TrainOptions::default());
    let understanding = model.understand("hay un bache");
    assert_eq!((understanding.ranked.len(), understanding.certainty), (0, Certainty::Unsure));
    assert_eq!(Model::load(&model.save(), None).unwrap().save(), model.save());
}

#[test]
fn one_phrase_per_intent_is_enough_to_answer() {
    let data = [Labelled::new("bache", "report.pothole"), Labelled::new("basura", "report.garbage")];
    let model = Model::train(&PhraseBook::from_labelled(&data), &TrainOptions::default());
    assert_eq!(&*model.understand("un bache").ranked[0].intent, "report.pothole");
}

#[test]
fn debug_shows_no_phrase() {
    assert!(!format!("{:?}{:?}", *MODEL, book()).contains("fundida"));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let understanding = MODEL.understand(&text);
        prop_assert!(understanding.ranked.iter().all(|r| r.confidence.is_finite()));
    }

    #[test]
    fn neither_do_stretched_mixed_and_very_long_texts(part in "[a-zñáA-Z0-9 🔥\u{301}\u{200d}ﷺ𝐀']{0,12}", times in 0usize..3_000) {
        let understanding = MODEL.understand(&part.repeat(times));
        prop_assert!(understanding.ranked.len() <= 5);
    }

    #[test]
    fn no_bytes_make_loading_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..300), keep in 0usize..60) {
        let good = MODEL.save();
        let mut mixed = good[..keep].to_vec();
        mixed.append(&mut bytes);
        prop_assert!(Model::load(&mixed, None).is_err());
    }
}
