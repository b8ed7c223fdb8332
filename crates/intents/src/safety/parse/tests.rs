use super::super::matcher::Texts;
use super::super::token;
use super::*;

fn lists() -> Lists {
    let list = |entries: &[&str]| entries.iter().map(|&entry| entry.to_owned()).collect();
    Lists::from([
        ("he".to_owned(), list(&["mi esposo|marido", "<neighbour>", "él"])),
        ("neighbour".to_owned(), list(&["el vecino"])),
        ("round".to_owned(), list(&["a <round>"])),
    ])
}

fn parse(written: &str) -> Result<(Lexicon, Pattern), String> {
    let mut lexicon = Lexicon::default();
    let lists = lists();
    let pattern = Parser { lang: Lang::ES, lists: &lists, lexicon: &mut lexicon, depth: 0, inside: 0 }
        .pattern(written)?;
    Ok((lexicon, pattern))
}

fn reads(written: &str, text: &str) -> bool {
    let (lexicon, pattern) = parse(written).unwrap();
    let tokens = token::read(text);
    Texts::new(&lexicon, &tokens).any(|window| pattern.read(&window.window, u128::MAX) != 0)
}

#[test]
fn words_follow_each_other() {
    assert!(reads("me quiero matar", "hola, ME KIERO MATAR ya"));
    assert!(!reads("me quiero matar", "me quiero ir, van a matar"));
}

#[test]
fn a_word_may_be_another_or_missing() {
    assert!(reads("ya? no quiero|deseo vivir", "no deseo vivir"));
    assert!(reads("ya? no quiero|deseo vivir", "ya no quiero vivir"));
    assert!(!reads("no ya? quiero|deseo vivir", "no puedo vivir"));
}

#[test]
fn a_gap_stays_within_a_sentence() {
    assert!(reads("huele ..3 gas", "huele bien fuerte a gas"));
    assert!(!reads("huele ..3 gas", "huele mal. Vendo gas"));
    assert!(!reads("huele ..3 gas", "huele a pan y ya llegó el gas"));
}

#[test]
fn phrases_and_lists_stand_for_each_other() {
    for text in ["mi marido me pega", "el vecino me pega", "el me pega", "ella me pega"] {
        assert!(reads("<he>|ella me pega", text), "{text}");
    }
    assert!(reads("(de la|por el) casa", "por el casa"));
    assert!(!reads("<he> me pega", "el sol me pega"));
}

#[test]
fn a_word_may_be_forbidden() {
    assert!(reads("me muero !de|por", "me muero"));
    assert!(!reads("me muero !de|por", "me muero de risa"));
}

#[test]
fn a_sentence_has_a_beginning_and_an_end() {
    assert!(reads("^ auxilio $", "Hola. Auxilio!"));
    assert!(!reads("^ auxilio $", "auxilio con mi curp"));
    assert!(!reads("^ auxilio $", "primeros auxilio"));
}

#[test]
fn what_cannot_be_read_is_told() {
    for wrong in ["", "(a", "a)", "<nobody>", "..x", "!(a b)", "ma*", "porq*", "<round>", "a <b"] {
        assert!(parse(wrong).is_err(), "{wrong}");
    }
}
