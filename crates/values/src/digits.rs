//! Digits that stand for a code (folio, PIN), not for an amount: typed in any grouping, with look-alike letters, or
//! dictated in words. Folio and PIN read with it; what is a right code is theirs to say.

use crate::{number, text};

/// Digits written or said together.
pub(crate) struct Group {
    pub(crate) digits: String,
    /// Only punctuation between it and the group before.
    joined: bool,
    /// Directly behind the prefix: "PC-4827".
    pub(crate) prefixed: bool,
    /// Shortly behind a word such as "folio".
    pub(crate) named: bool,
}

/// How many words may stand between "folio" and its digits: "folio número es el".
const NEAR: usize = 4;

/// All groups of digits of a text. The prefix is in small letters; empty when the code has none.
pub(crate) fn groups(text: &str, prefix: &str) -> Vec<Group> {
    let words = text::split(&text::head(text));
    let mut found: Vec<Group> = Vec::new();
    let (mut joined, mut prefixed, mut named_at) = (false, false, None);
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let (digits, glued, used) = read(&words, at, prefix);
        if is_name(word) {
            named_at = Some(at);
        }
        if let Some(digits) = digits {
            let named = named_at.is_some_and(|name| at - name <= NEAR);
            found.push(Group { digits, joined, prefixed: prefixed || glued, named });
            (joined, prefixed) = (true, false);
        } else if word == prefix {
            prefixed = true;
        } else if !is_separator(word) {
            (joined, prefixed) = (false, false);
        }
        at += used;
    }
    found
}

/// The digits at a word, whether the prefix was glued to them, and how many words they take.
fn read(words: &[String], at: usize, prefix: &str) -> (Option<String>, bool, usize) {
    let Some(word) = words.get(at).filter(|word| *word != prefix) else {
        return (None, false, 1);
    };
    let glued = word.strip_prefix(prefix).filter(|_| !prefix.is_empty()).and_then(typed);
    if glued.is_some() {
        return (glued, true, 1);
    }
    let bare = word.trim_start_matches("folio");
    let behind_letters = || typed(bare.trim_start_matches(|c: char| c.is_alphabetic()));
    if let Some(digits) = typed(bare).or_else(behind_letters) {
        return (Some(digits), false, 1);
    }
    match number::dictated(words.get(at..).unwrap_or_default()) {
        Some((value, used)) if !matches!(word.as_str(), "un" | "una") => {
            (Some(value.to_string()), false, used)
        }
        _ => (None, false, 1),
    }
}

/// O for 0, l and I for 1 are forgiven among digits; a word of such letters alone only in the length of a group.
fn typed(word: &str) -> Option<String> {
    let digits: Option<String> = word.chars().map(digit).collect();
    let likely = word.contains(|c: char| c.is_ascii_digit()) || matches!(word.chars().count(), 4 | 8);
    digits.filter(|_| likely)
}

fn digit(c: char) -> Option<char> {
    match c {
        'o' => Some('0'),
        'l' | 'i' => Some('1'),
        _ => c.is_ascii_digit().then_some(c),
    }
}

fn is_name(word: &str) -> bool {
    matches!(word, "folio" | "folios" | "reporte" | "report" | "ticket")
}

fn is_separator(word: &str) -> bool {
    matches!(word, "guion" | "dash" | "hyphen" | "punto" | "dot" | "espacio" | "space" | "y" | "and")
}

/// Neighbouring groups that together have so many digits, with the first of them.
pub(crate) fn codes(groups: &[Group], length: usize) -> impl Iterator<Item = (String, &Group)> {
    (0..groups.len()).filter_map(move |start| Some((code_at(groups, start, length)?, groups.get(start)?)))
}

fn code_at(groups: &[Group], start: usize, length: usize) -> Option<String> {
    let mut code = String::new();
    for (at, group) in groups.iter().enumerate().skip(start) {
        if at > start && !group.joined {
            return None;
        }
        code.push_str(&group.digits);
        if code.len() >= length {
            let right = code.len() == length && is_apart(groups, start, at);
            return right.then_some(code);
        }
    }
    None
}

/// Digits said one by one or in pairs are a code only as a whole: part of a longer row would be a guess.
fn is_apart(groups: &[Group], first: usize, last: usize) -> bool {
    let whole =
        groups.get(first).is_some_and(|g| !g.joined) && groups.get(last + 1).is_none_or(|g| !g.joined);
    whole || groups.iter().take(last + 1).skip(first).all(|g| g.digits.len() > 2)
}

/// All digits of a text in their order.
pub(crate) fn all(groups: &[Group]) -> String {
    groups.iter().map(|group| group.digits.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        codes(&groups(text, "pc"), 8).map(|(code, _)| code).collect()
    }

    #[test]
    fn groups_join_over_punctuation_and_not_over_words() {
        assert_eq!(found("4827-1365"), ["48271365"]);
        assert_eq!(found("48 27 13 65"), ["48271365"]);
        assert!(found("4827 casas y 1365 calles").is_empty());
        assert_eq!(found("4827 1365 3"), ["48271365"], "a further group is another thing");
        assert!(found("4 8 2 7 1 3 6 5 9").is_empty(), "one digit too many is no code");
    }

    #[test]
    fn dictated_digits_are_digits() {
        assert_eq!(found("cuarenta y ocho veintisiete trece sesenta y cinco"), ["48271365"]);
        assert_eq!(found("cuatro ocho dos siete guión uno tres seis cinco"), ["48271365"]);
        assert_eq!(found("cero siete, cero cero, treinta, once"), ["07003011"]);
        assert_eq!(found("forty-eight twenty-seven thirteen sixty-five"), ["48271365"]);
    }

    #[test]
    fn letters_that_look_like_digits_are_forgiven_among_digits() {
        assert_eq!(found("48O7-I36l"), ["48071361"]);
        assert_eq!(found("OOOO-IIII"), ["00001111"]);
        assert!(groups("hola o adiós, il", "pc").is_empty());
    }
}
