//! What can be said of a word from its letters alone: laughter, stretched letters, capitals.

/// "jajaja", "hahah", "jejeje".
pub(super) fn is_laughter(word: &str) -> bool {
    let mut letters: Vec<u8> = word.bytes().collect();
    letters.sort_unstable();
    letters.dedup();
    word.len() >= 4
        && letters.len() == 2
        && letters.iter().any(|b| matches!(b, b'j' | b'h'))
        && letters.iter().any(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u'))
}

/// Whether a letter comes three times or more in a row.
pub(super) fn is_stretched(word: &str) -> bool {
    word.as_bytes().windows(3).any(|w| w[0] == w[1] && w[1] == w[2])
}

/// Every run of three or more shrunk to one letter; then the ways to leave two in some: "callleee" is "calle".
pub(super) fn shrunk(word: &str) -> Vec<String> {
    let mut all = vec![String::with_capacity(word.len())];
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let mut run = 1;
        while letters.next_if_eq(&letter).is_some() {
            run += 1;
        }
        let doubled = if run > 2 && all.len() < WAYS { all.clone() } else { Vec::new() };
        let kept = if run > 2 { 1 } else { run };
        all.iter_mut().for_each(|way| way.extend(std::iter::repeat_n(letter, kept)));
        all.extend(doubled.into_iter().map(|way| way + &String::from_iter([letter, letter])));
    }
    all
}

const WAYS: usize = 8;

/// A mended word begins with a capital, or is all capitals, if what was typed is.
pub(super) fn in_the_case_of(typed: &str, meant: String) -> String {
    let mut letters = typed.chars().filter(|c| c.is_alphabetic());
    if !letters.next().is_some_and(char::is_uppercase) {
        return meant;
    }
    let mut rest = letters.peekable();
    if rest.peek().is_some() && rest.all(char::is_uppercase) {
        return meant.to_uppercase();
    }
    let mut chars = meant.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laughter_is_told_from_words() {
        assert!(is_laughter("jajaja") && is_laughter("hahaha") && is_laughter("jejejej"));
        assert!(!is_laughter("hoja") && !is_laughter("ojo") && !is_laughter("jaja1"));
    }

    #[test]
    fn stretched_words_shrink_in_two_ways() {
        assert!(is_stretched("holaaa") && !is_stretched("calle"));
        assert_eq!(shrunk("callleee"), ["cale", "calle", "calee", "callee"]);
    }

    #[test]
    fn capitals_are_kept() {
        let mended = |typed: &str| in_the_case_of(typed, "árbol".to_owned());
        assert_eq!([mended("arbl"), mended("Arbl"), mended("ARBL")], ["árbol", "Árbol", "ÁRBOL"]);
        assert_eq!(in_the_case_of("Q", "que".to_owned()), "Que");
    }
}
