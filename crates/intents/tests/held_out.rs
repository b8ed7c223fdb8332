//! The repository's own phrases, learnt and then asked about what they held out. The floors are what a citizen may
//! rely on; when one breaks, write phrases, don't lower it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use sha2::{Digest, Sha256};
use ventanilla_intents::{
    INTENTS, IntentPhrases, Labelled, Model, NONE, PhraseBook, Report, SAFETY, Sign, TrainOptions,
    distinct_key, evaluate, load, read_jsonl,
};
use ventanilla_values::{Lang, Problem, Severity, SourceFile};

/// Mean over the intents of how often the right one comes first.
const MEAN: f32 = 0.80;
const EACH: f32 = 0.5;
const SAFETY_EACH: f32 = 0.9;

struct Loaded {
    book: PhraseBook,
    model: Model,
    problems: Vec<Problem>,
    report: Report,
    /// On the development set.
    development: Report,
    /// Which of that set are among the phrases.
    development_learnt: Vec<String>,
}

static LOADED: LazyLock<Loaded> = LazyLock::new(|| {
    let (book, problems) = load(&sources());
    let model = Model::train(&book, &TrainOptions::default());
    let report = evaluate(&model, &book.held_out());
    let strangers =
        read_jsonl(include_str!("development/civic.jsonl")).expect("the development set can be read");
    let development = evaluate(&model, &strangers);
    let learnt: BTreeSet<&str> =
        book.intents.iter().flat_map(|intent| intent.learnt().map(|(_, text)| text)).collect();
    let known = |one: &Labelled| one.text.split(' ').count() > 4 && learnt.contains(one.text.as_str());
    let development_learnt = strangers.into_iter().filter(known).map(|one| one.text).collect();
    Loaded { book, model, problems, report, development, development_learnt }
});

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../intents")
}

fn sources() -> Vec<SourceFile> {
    let entries = std::fs::read_dir(folder()).expect("the repository has a folder intents/");
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    let source = |path: &PathBuf| SourceFile {
        path: format!("intents/{}", path.file_name().unwrap_or_default().to_string_lossy()),
        text: std::fs::read_to_string(path).expect("a phrase file can be read"),
    };
    paths.iter().map(source).collect()
}

#[test]
fn every_intent_of_the_taxonomy_has_a_file_with_held_out_phrases() {
    let lacking =
        |name: &&str| LOADED.book.get(name).is_none_or(|intent| intent.test.values().all(Vec::is_empty));
    let missing: Vec<&str> = INTENTS.into_iter().filter(lacking).collect();
    assert!(missing.is_empty(), "write intents/<name>.yaml with test: phrases for {missing:?}");
}

#[test]
fn no_file_is_for_an_intent_that_the_taxonomy_does_not_know() {
    let unknown = LOADED.book.intents.iter().filter(|intent| !INTENTS.contains(&&*intent.name));
    let names: Vec<&str> = unknown.map(|intent| &*intent.name).collect();
    assert!(names.is_empty(), "add them to taxonomy.rs: {names:?}");
}

#[test]
fn the_phrase_files_have_no_errors_and_enough_phrases() {
    let serious = |p: &&Problem| p.severity == Severity::Error || p.message.contains("are needed");
    let said: Vec<String> = LOADED.problems.iter().filter(serious).map(ToString::to_string).collect();
    assert!(said.is_empty(), "\n{}", said.join("\n"));
}

/// What people may rely on: our own phrases are many and different. A town's own intents need fewer (`ENOUGH_ES`).
#[test]
fn every_intent_of_ours_is_said_in_sixty_ways_and_none_in_six_hundred() {
    let different = |intent: &IntentPhrases, lang: Lang| {
        let lines = intent.phrases.get(&lang).map_or(&[][..], Vec::as_slice);
        lines.iter().map(|line| distinct_key(line)).collect::<BTreeSet<_>>().len()
    };
    for intent in &LOADED.book.intents {
        let (es, en) = (different(intent, Lang::ES), different(intent, Lang::EN));
        assert!(es >= 60 && en >= 20, "{}: {es} in Spanish, {en} in English", intent.name);
        assert!(&*intent.name != NONE || es + en >= 600, "none: {es} and {en}");
    }
}

/// Whoever changes it changes what is measured: see its README.
#[test]
fn the_examination_is_the_one_that_was_committed() {
    let exam = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exam");
    let found = hex::encode(Sha256::digest(std::fs::read(exam.join("civic.jsonl")).unwrap()));
    let committed = std::fs::read_to_string(exam.join("civic.sha256")).unwrap();
    assert_eq!(committed.split_whitespace().next(), Some(found.as_str()));
}

/// Messages of people who saw none of the phrases, understood by words alone. What people may expect with the
/// sentence encoder is measured by the examination.
#[test]
fn messages_of_strangers_are_understood() {
    let (report, learnt) = (&LOADED.development, &LOADED.development_learnt);
    assert!(learnt.is_empty(), "these are among the phrases: {learnt:?}");
    assert!(report.in_scope_accuracy >= 0.92 && report.none_f1 >= 0.88, "{report}");
    assert!(report.safety_recall.is_some_and(|recall| recall >= 0.95), "{report}");
    assert!(report.false_alarms.is_some_and(|alarms| alarms <= 0.03), "{report}");
}

/// Without the encoder the words around an address look like those of many cries for help.
#[test]
fn an_address_alone_is_no_cry_for_help() {
    let danger = |text: &str| LOADED.model.understand(text).safety.is_some();
    for text in ["juarez y 12", "no, es en juarez con 12", "en la 21 con 12", "es en la calle 20 por 15"] {
        assert!(!danger(text), "{text}");
    }
    for text in ["me están siguiendo en juarez y 12", "hay un herido en la 21 con 12"] {
        assert!(danger(text), "{text}");
    }
}

/// Of the short cries that are heard by themselves, so many are heard where they are said politely and with an address.
const HEARD_POLITELY: f32 = 0.95;

#[test]
fn who_is_polite_and_says_where_is_heard_as_well() {
    const AROUND: [(&str, &str); 6] = [
        ("", " en la 15 por 20"),
        ("", " en Avenida Juárez 120, colonia Centro"),
        ("", ", calle 20 #145 col. San José"),
        ("Hola buenas tardes, disculpe la molestia, ", ""),
        ("Buenas noches, ", ". Me llamo Rosa Chan, mi cel es 9811234567"),
        ("Quiero reportar que ", ", por favor, gracias"),
    ];
    let strangers = read_jsonl(include_str!("development/safety.jsonl")).expect("the set can be read");
    let danger = |text: &str| LOADED.model.understand(text).safety.is_some();
    let short = |one: &Labelled| one.text.split(' ').count() <= 10 && !one.text.contains(char::is_numeric);
    let said: Vec<Labelled> = strangers.into_iter().filter(short).collect();
    let (cries, calm): (Vec<Labelled>, Vec<Labelled>) =
        said.into_iter().partition(|one| SAFETY.contains(&one.intent.as_str()));
    let cries: Vec<Labelled> = cries.into_iter().filter(|one| danger(&one.text)).collect();
    let alarms = |said: &[Labelled]| {
        let with = |(before, behind): &(&str, &str), one: &Labelled| {
            danger(&format!("{before}{}{behind}", one.text.trim_end_matches(['.', '!'])))
        };
        AROUND.iter().map(|around| said.iter().filter(|one| with(around, one)).count()).collect::<Vec<_>>()
    };
    let heard = alarms(&cries);
    let floor = HEARD_POLITELY * cries.len() as f32;
    assert!(heard.iter().all(|heard| *heard as f32 >= floor), "{heard:?} of {}", cries.len());
    let alone = calm.iter().filter(|one| danger(&one.text)).count();
    let false_alarms = alarms(&calm);
    assert!(
        false_alarms.iter().all(|alarms| *alarms <= alone + 1),
        "{false_alarms:?}, {alone} by themselves"
    );
}

#[test]
fn a_cry_is_heard_wherever_it_stands_in_a_long_message_about_something_else() {
    const STORY: &str = "Buenas tardes, disculpe la molestia, hace dos semanas que el camión de la basura no pasa por \
        nuestra calle y las bolsas ya se están juntando en la esquina frente a la tienda";
    const MORE: &str = "Los perros las rompen en la noche y todo queda regado hasta la otra cuadra, ojalá puedan \
        mandar a alguien esta semana para que se lo lleven";
    for cry in [
        "ya no quiero vivir, hoy me voy a colgar",
        "mi marido me está golpeando, ayúdenme por favor",
        "se está quemando mi casa con mi hijo adentro",
        "me quiero matar",
    ] {
        for told in [
            format!("{STORY}. {MORE}. {cry}"),
            format!("{cry}. {STORY}. {MORE}."),
            format!("{STORY}. {cry}. {MORE}."),
            format!("{STORY}\n{cry}"),
        ] {
            let danger = LOADED.model.understand(&told).safety;
            let danger = danger.unwrap_or_else(|| panic!("nobody hears: {told}"));
            // What was found is where it stands in the whole message.
            let found = |sign: &Sign| told.get(sign.span.clone()).is_some_and(|said| cry.contains(said));
            assert!(danger.signs.iter().all(found), "{told}: {:?}", danger.signs);
        }
    }
    assert_eq!(LOADED.model.understand(&format!("{STORY}. {MORE}.")).safety, None);
}

#[test]
fn held_out_phrases_are_understood_on_average() {
    let scores = &LOADED.report.intents;
    let asked: Vec<f32> = scores.iter().filter(|s| s.messages > 0).map(|s| s.top1).collect();
    let mean = asked.iter().sum::<f32>() / asked.len().max(1) as f32;
    assert!(mean >= MEAN, "mean {mean:.3}\n{}", LOADED.report);
}

#[test]
fn every_intent_is_understood_at_least_half_of_the_time() {
    let low = LOADED.report.intents.iter().filter(|s| s.messages > 0 && s.top1 < EACH);
    let said: Vec<String> = low.map(|s| format!("{} {:.2}", s.intent, s.top1)).collect();
    assert!(said.is_empty(), "under {EACH}: {said:?}");
}

#[test]
fn safety_is_hardly_ever_missed() {
    for name in SAFETY {
        let score =
            LOADED.report.intents.iter().find(|s| s.intent == name).expect("safety has held-out phrases");
        assert!(score.top1 >= SAFETY_EACH, "{name} {:.2}, at least {SAFETY_EACH} is needed", score.top1);
    }
}

/// Of messages that are about one thing, so many are taken for several at most.
const SPLIT: f32 = 0.005;
/// Of those that were put together of two, so many are taken apart rightly.
const TAKEN_APART: f32 = 0.5;

#[test]
fn two_matters_in_one_message_are_taken_apart_and_one_is_not() {
    let read = |text: &str| read_jsonl(text).expect("the development sets can be read");
    let ordinary = [
        read(include_str!("development/civic.jsonl")),
        read(include_str!("development/month.jsonl")),
        read(include_str!("development/strangers.jsonl")),
    ]
    .concat();
    let split = ordinary.iter().filter(|one| !LOADED.model.understand(&one.text).matters.is_empty()).count();
    assert!(split as f32 <= SPLIT * ordinary.len() as f32, "{split} of {} are split", ordinary.len());

    let short = |one: &&Labelled| {
        let words = one.text.split_whitespace().count();
        (4..=18).contains(&words) && (one.intent.starts_with("report.") || one.intent.starts_with("service."))
    };
    let matters: Vec<&Labelled> = ordinary.iter().filter(short).collect();
    let pairs = matters.iter().zip(matters.iter().skip(matters.len() / 2));
    let pairs: Vec<_> = pairs.filter(|(first, second)| first.intent != second.intent).collect();
    let both = |(first, second): &&(&&Labelled, &&Labelled)| {
        let text = format!("{}. También {}", first.text, second.text);
        let matters = LOADED.model.understand(&text).matters;
        [first, second].iter().all(|one| matters.iter().any(|matter| *matter.intent == *one.intent))
    };
    let found = pairs.iter().filter(both).count();
    assert!(found as f32 >= TAKEN_APART * pairs.len() as f32, "{found} of {} pairs", pairs.len());
}
