//! What people type and what they meant, with the repository's own phrases as vocabulary.

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use ventanilla_intents::{Speller, load, normalise};
use ventanilla_values::SourceFile;

static SPELLER: LazyLock<Speller> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../intents");
    let mut sources = Vec::new();
    for path in std::fs::read_dir(folder)
        .expect("the repository has a folder intents/")
        .flatten()
        .map(|entry| entry.path())
    {
        let name = format!("intents/{}", path.file_name().unwrap_or_default().to_string_lossy());
        if name.ends_with(".yaml") {
            sources.push(SourceFile {
                path: name,
                text: std::fs::read_to_string(path).expect("a phrase file can be read"),
            });
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let (book, _) = load(&sources);
    Speller::new(book.intents.iter().flat_map(|intent| intent.learnt().map(|(_, text)| text)))
});

#[test]
fn what_is_misspelt_is_mended_and_what_is_not_stays() {
    let (mut wrong, mut mended, mut stayed) = (Vec::new(), 0, 0);
    let table = include_str!("spelling.tsv");
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let (typed, meant) = line.split_once('\t').unwrap_or((line, line));
        if typed == meant {
            stayed += 1
        } else {
            mended += 1
        }
        let fixed = SPELLER.fix(typed);
        if fixed.text != meant {
            wrong.push(format!("{typed} -> {} (not {meant})", fixed.text));
        }
        assert_eq!(fixed.folded, normalise(&fixed.text));
    }
    assert!(mended >= 140 && stayed >= 60, "{mended} {stayed}");
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), mended + stayed, wrong.join("\n"));
}

#[test]
fn changes_tell_what_was_mended_and_debug_does_not() {
    let fixed = SPELLER.fix("kiero reportar un vache");
    let changes: Vec<_> = fixed.changes.iter().map(|c| (c.from.as_str(), c.to.as_str())).collect();
    assert_eq!(changes, [("kiero", "quiero"), ("vache", "bache")]);
    assert!(!format!("{fixed:?} {:?}", fixed.changes).contains("bache"));
}

#[test]
fn mending_twice_changes_nothing_more() {
    for typed in ["ay un vache en mi caye", "nohay agua", "🔥🔥 en mi casa", "xq no pasa el camion"] {
        let once = SPELLER.fix(typed).text;
        assert_eq!(SPELLER.fix(&once).text, once);
    }
}

#[test]
fn a_very_long_message_is_mended_at_its_beginning() {
    let long = "kiero reportr un vache ".repeat(500);
    let fixed = SPELLER.fix(&long);
    assert!(fixed.text.starts_with("quiero reportar un bache quiero"));
    assert!(fixed.text.ends_with("vache "));
}

#[test]
fn without_phrases_the_general_list_still_helps() {
    let speller = Speller::new([]);
    assert_eq!(speller.fix("el tranporte de la ciudda").text, "el transporte de la ciudad");
}

proptest! {
    #[test]
    fn any_text_can_be_given(text in "\\PC{0,120}") {
        let fixed = SPELLER.fix(&text);
        prop_assert_eq!(fixed.folded, normalise(&fixed.text));
    }

    #[test]
    fn words_run_together_can_be_given(
        words in prop::collection::vec(prop::sample::select(vec!["hay", "un", "bache", "quiero", "morir", "ñ", "m4tar", "x", "@", "aaa"]), 0..30),
    ) {
        SPELLER.fix(&words.concat());
    }

    #[test]
    fn any_letters_can_be_given(text in "[a-zñáéíóúü'0-9 \u{200b}🔥.A-Z]{0,200}") {
        SPELLER.fix(&text);
    }
}
