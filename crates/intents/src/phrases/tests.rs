use super::*;
use crate::normalise::normalise;

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}

/// A file with enough phrases that differ.
fn full(intent: &str) -> SourceFile {
    let letters = |n: usize| char::from(b'a' + (n % 26) as u8);
    let list = |lang: &str, count: usize| {
        let phrase = |n: usize| format!("  - {intent} {lang}{}{}\n", letters(n), letters(n / 26));
        format!("{lang}:\n{}", (0..count).map(phrase).collect::<String>())
    };
    let text = format!(
        "spec: 1\nintent: {intent}\ntitle: {{es: Algo, en: Thing}}\n{}{}",
        list("es", 25),
        list("en", 12)
    );
    file(&format!("intents/{intent}.yaml"), &text)
}

fn said(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn a_complete_file_is_read_without_a_word() {
    let mut source = full("report.tree");
    source.text.push_str("test: {es: [una rama en el cable], en: [a branch on the wire]}\n");
    let (book, problems) = load(&[source]);
    assert_eq!(said(&problems), [""; 0]);
    assert_eq!(book.title("report.tree", Lang::EN), Some("Thing"));
    assert_eq!(book.title("report.tree", "yua".parse().unwrap()), Some("Algo"));
    assert_eq!(book.held_out().len(), 2);
    assert_eq!(book.languages(), [Lang::EN, Lang::ES]);
    assert_eq!(book.get("report.tree").unwrap().learnt().count(), 25 + 12 + 2);
}

#[test]
fn a_broken_file_leaves_out_only_itself_and_is_shown_with_its_line() {
    let broken = file("intents/report.park.yaml", "spec: 1\nintent: report.park\nes: [\"juegos\n");
    let (book, problems) = load(&[broken, full("report.tree")]);
    assert_eq!(book.intents.len(), 1);
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].file.as_str(), problems[0].line > 0), ("intents/report.park.yaml", true));
}

#[test]
fn a_misspelt_key_leaves_out_only_what_it_holds() {
    let mut source = full("report.tree");
    source.text.push_str("tests:\n  es: [una rama]\n");
    let (book, problems) = load(&[source]);
    assert_eq!((book.intents.len(), book.held_out().len()), (1, 0));
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.contains("unknown key 'tests'"), "{}", problems[0]);
    assert!(problems[0].line >= 43, "{}", problems[0]);
}

#[test]
fn the_name_of_the_file_is_the_name_of_the_intent() {
    let source = SourceFile { path: "intents/report.tre.yaml".to_owned(), ..full("report.tree") };
    let unnamed = file("intents/x.yaml", "spec: 1\nes: [algo]\n");
    let newer = file("intents/y.yaml", "spec: 2\nintent: y\n");
    let (book, problems) = load(&[source, unnamed, newer]);
    assert!(book.intents.is_empty());
    assert_eq!(
        said(&problems),
        [
            "intents/report.tre.yaml:2: error: the file is for 'report.tree' but its name says 'report.tre'\n    name the file report.tree.yaml",
            "intents/x.yaml:0: error: the intent has no name\n    add a line like intent: report.pothole",
            "intents/y.yaml:1: error: spec 2 is not known\n    write spec: 1",
        ]
    );
}

#[test]
fn words_that_yaml_could_take_for_something_else_are_phrases() {
    let source = file("intents/chat.deny.yaml", "spec: 1\nintent: chat.deny\nes:\n  - no\n  - 12\n  - off\n");
    let (book, _) = load(&[source]);
    assert_eq!(book.intents[0].phrases[&Lang::ES], ["no", "12", "off"]);
}

#[test]
fn phrases_that_differ_only_in_names_and_numbers_count_once() {
    let mut source = full("report.tree");
    source.text = source.text.replace(
        "  - report.tree esaa\n  - report.tree esba\n",
        "  - árbol en la calle Juárez 3\n  - hola, árbol en la calle Morelos 15\n",
    );
    let (_, problems) = load(&[source]);
    assert_eq!(problems.len(), 1, "{:?}", said(&problems));
    assert_eq!(problems[0].message, "24 different phrases in 'es', 25 are needed");
    assert_eq!(problems[0].severity, ventanilla_values::Severity::Warning);
}

#[test]
fn a_phrase_written_twice_is_reported_and_learnt_once() {
    let mut source = full("report.tree");
    source.text.push_str("  - ¡Report TREE enaa!\n");
    let (book, problems) = load(&[source]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.contains("is already on line 31"), "{}", problems[0]);
    assert_eq!(book.intents[0].phrases[&Lang::EN].len(), 12);
}

#[test]
fn a_phrase_of_two_intents_is_learnt_by_none_of_them_unless_one_is_about_safety() {
    let (mut pothole, mut tree, mut crisis) =
        (full("report.pothole"), full("report.tree"), full("crisis.violence"));
    pothole.text.push_str("  - se cayó\n  - me pegó\n");
    tree.text.push_str("  - Se cayo\n");
    crisis.text.push_str("  - me pego\n");
    let (book, problems) = load(&[pothole, tree, crisis]);
    let both = "the phrase 'se cayó' is in report.pothole and report.tree";
    assert!(problems.iter().any(|p| p.message == both), "{:?}", said(&problems));
    assert_eq!(problems.len(), 4);
    let has = |intent: &str, text: &str| {
        book.get(intent).unwrap().learnt().any(|(_, phrase)| normalise(phrase) == text)
    };
    assert!(!has("report.pothole", "se cayo") && !has("report.tree", "se cayo"));
    assert!(has("crisis.violence", "me pego") && !has("report.pothole", "me pego"));
}

#[test]
fn a_held_out_phrase_that_is_learnt_too_is_reported() {
    let mut source = full("report.tree");
    source.text.push_str("test: {es: [report tree ESAA]}\n");
    let (_, problems) = load(&[source]);
    assert_eq!(problems[0].message, "the test phrase 'report tree ESAA' is also learnt");
}

#[test]
fn two_files_for_one_intent_are_one_too_many() {
    let again = SourceFile { path: "town/report.tree.yaml".to_owned(), ..full("report.tree") };
    let (book, problems) = load(&[full("report.tree"), again]);
    assert_eq!((book.intents.len(), problems.len()), (1, 1));
    assert_eq!(problems[0].message, "'report.tree' already has a file: intents/report.tree.yaml");
}

#[test]
fn the_hash_follows_what_is_learnt() {
    let (one, _) = load(&[full("report.tree")]);
    let mut changed = full("report.tree");
    changed.text = changed.text.replace("report.tree esaa", "report.tree otro");
    assert_ne!(one.hash(), load(&[changed]).0.hash());
    assert_eq!(one.hash(), load(&[full("report.tree")]).0.hash());
}
