//! Digits that stand for sounds or letters: "salu2", "100pre", "h0la". Codes and numbers are left alone: what comes
//! out must be a word that exists.

/// What a word with digits may have meant, likeliest first; empty when its digits are just digits.
pub(super) fn readings(word: &str) -> Vec<String> {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    if letters < 2 || word.len() > 12 || !word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Vec::new();
    }
    [spoken(word), look_alike(word)].into_iter().flatten().collect()
}

/// A number that ran into a word: the number, the word, and whether the number comes first.
pub(super) fn apart(word: &str) -> Option<(&str, &str, bool)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let number_first = word.starts_with(is_digit);
    let cut = if number_first { word.find(|c| !is_digit(c))? } else { word.find(is_digit)? };
    let (first, second) = (word.get(..cut)?, word.get(cut..)?);
    let (number, letters) = if number_first { (first, second) } else { (second, first) };
    let whole = number.chars().all(is_digit) && letters.len() >= 3 && !letters.contains(is_digit);
    whole.then_some((number, letters, number_first))
}

const SPOKEN: &[(&str, &str)] = &[
    ("1000", "mil"),
    ("100", "cien"),
    ("10", "diez"),
    ("2", "dos"),
    ("3", "tres"),
    ("6", "seis"),
    ("7", "siete"),
    ("8", "ocho"),
];

fn spoken(word: &str) -> Option<String> {
    let (number, said) = SPOKEN.iter().find(|(number, _)| word.contains(number))?;
    let out = word.replacen(number, said, 1);
    out.bytes().all(|b| b.is_ascii_lowercase()).then_some(out)
}

fn look_alike(word: &str) -> Option<String> {
    if word.bytes().filter(u8::is_ascii_digit).count() * 2 > word.len() {
        return None;
    }
    word.chars()
        .map(|c| match c {
            '0' => Some('o'),
            '1' => Some('i'),
            '3' => Some('e'),
            '4' => Some('a'),
            '5' => Some('s'),
            '7' => Some('t'),
            '2' | '6' | '8' | '9' => None,
            other => Some(other),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_as_sounds_and_as_letters() {
        assert_eq!(readings("salu2"), ["saludos"]);
        assert!(readings("100pre").contains(&"cienpre".to_owned()));
        assert_eq!(readings("h0la"), ["hola"]);
        assert!(readings("2024").is_empty() && readings("a1").is_empty());
    }
}
