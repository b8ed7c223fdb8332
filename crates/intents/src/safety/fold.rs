//! One spelling for the many ways in which a word is typed on a phone. Rules and messages go through the same fold, so
//! that rules are written once, in normal spelling.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The letter that "ch" becomes; no keyboard of ours has it.
const CH: char = 'ĉ';

/// What phones make of the commonest words, as they sound -> as they are spelt, as they sound.
const SHORT: [(&str, &str); 21] = [
    ("k", "ke"),
    ("x", "por"),
    ("xk", "porke"),
    ("pk", "porke"),
    ("pork", "porke"),
    ("xke", "porke"),
    ("d", "de"),
    ("m", "me"),
    ("t", "te"),
    ("pa", "para"),
    ("toi", "estoi"),
    ("stoi", "estoi"),
    ("ta", "esta"),
    ("sta", "esta"),
    ("tamos", "estamos"),
    ("orita", "aorita"),
    ("aorta", "aorita"),
    ("kero", "kiero"),
    ("kieo", "kiero"),
    ("kjiero", "kiero"),
    ("muxo", "muĉo"),
];

/// Lower case, without accents; "holaaa" is "hola", "street" stays.
pub(super) fn plain(word: &str) -> String {
    let mut out: Vec<char> = Vec::new();
    let letters = word.nfkd().filter(|c| c.is_alphanumeric() && !is_combining_mark(*c) || is_symbol(*c));
    let mut run = 0;
    for c in letters.flat_map(char::to_lowercase) {
        run = if out.last() == Some(&c) { run + 1 } else { 1 };
        match run {
            3 => {
                out.pop();
            }
            4.. => {}
            _ => out.push(c),
        }
    }
    out.into_iter().collect()
}

/// As it sounds to a Mexican ear, roughly: "kiero", "quiero" and "qiero" are one word, so are "aser" and "hacer".
/// `plain` must be folded already.
pub(super) fn sound(plain: &str) -> String {
    let heard = heard(plain, true);
    match SHORT.iter().find(|(typed, _)| *typed == heard) {
        Some((_, meant)) => (*meant).to_owned(),
        None => heard,
    }
}

/// The sound of a word's beginning.
pub(super) fn sound_of_prefix(plain: &str) -> String {
    heard(plain, false)
}

fn heard(plain: &str, whole: bool) -> String {
    let letters: Vec<char> = plain.chars().collect();
    let mut out = String::with_capacity(plain.len());
    let mut at = 0;
    while let Some(c) = letters.get(at) {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let after = letters.get(at + 2).copied().unwrap_or(' ');
        let (said, read) = said(*c, next, after, whole);
        if let Some(said) = said.filter(|said| !out.ends_with(*said)) {
            out.push(said);
        }
        at += read;
    }
    out
}

/// The sound of a letter before two others, and how many letters were read.
fn said(c: char, next: char, after: char, whole: bool) -> (Option<char>, usize) {
    let soft = |c: char| matches!(c, 'e' | 'i');
    let (said, read) = match c {
        'h' => return (None, 1),
        'c' if next == 'h' => (CH, 2),
        'c' if soft(next) => ('s', 1),
        'q' if next == 'u' && soft(after) => ('k', 2),
        'c' | 'q' => ('k', 1),
        'z' => ('s', 1),
        'v' => ('b', 1),
        'l' if next == 'l' => ('y', 2),
        'y' if whole && next == ' ' => ('i', 1),
        'g' if soft(next) => ('j', 1),
        'g' if next == 'u' && soft(after) => ('g', 2),
        'p' if next == 'h' => ('f', 2),
        'n' if matches!(next, 'b' | 'p' | 'v') => ('m', 1),
        'x' if matches!(next, 'p' | 't' | 'c') => ('s', 1),
        other => (other, 1),
    };
    (Some(said), read)
}

fn is_symbol(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) {
        assert_eq!(sound(&plain(a)), sound(&plain(b)), "{a} and {b}");
    }

    #[test]
    fn what_sounds_alike_is_one_word() {
        for (typed, meant) in [
            ("kiero", "quiero"),
            ("qiero", "quiero"),
            ("bibir", "vivir"),
            ("aser", "hacer"),
            ("ay", "hay"),
            ("esploto", "explotó"),
            ("acsidente", "accidente"),
            ("jente", "gente"),
            ("suisidio", "suicidio"),
            ("cuchiyo", "cuchillo"),
            ("q", "que"),
            ("toy", "estoy"),
            ("AUXILIOOOO", "auxilio"),
            ("honbre", "hombre"),
        ] {
            same(typed, meant);
        }
    }

    #[test]
    fn what_does_not_sound_alike_stays_apart() {
        for (a, b) in [("casa", "cama"), ("pega", "paga"), ("gas", "jas"), ("chico", "sico")] {
            assert_ne!(sound(a), sound(b));
        }
    }

    #[test]
    fn english_keeps_its_spelling() {
        assert_eq!(plain("Hiiiis"), "his");
        assert_eq!(plain("street"), "street");
        assert_eq!(plain("can’t"), "cant");
    }
}
