//! Reads `words.txt`, the general word list: how it was made and from what is told by its first lines.

const FILE: &str = include_str!("words.txt");
/// `own_words.txt`: names of people and places, words of the region, acronyms, Portuguese. Ours.
const OWN: &str = include_str!("own_words.txt");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    Spanish,
    /// Spanish of our own list, whose accents are certain.
    Town,
    English,
    Portuguese,
    /// Names and the like: left alone, and never what something is corrected to.
    Kept,
}

/// Calls `each` with every word, its language and ln of its share of all words.
pub(super) fn read(mut each: impl FnMut(&str, Tongue, f32)) {
    let mut tongue = Tongue::Spanish;
    let mut word = String::new();
    for line in FILE.lines() {
        match line.as_bytes().first() {
            Some(b'#') | None => {}
            Some(b'=') => {
                tongue = if line.ends_with("en") { Tongue::English } else { Tongue::Spanish };
                word.clear();
            }
            Some(_) => front_coded(line, &mut word, |word, likely| each(word, tongue, likely)),
        }
    }
    let (mut tongue, mut likely) = (Tongue::Kept, KEPT);
    for line in OWN.lines().filter(|line| !line.starts_with('#')) {
        match line {
            "= es" => (tongue, likely) = (Tongue::Town, OF_THE_TOWN),
            "= pt" => (tongue, likely) = (Tongue::Portuguese, KEPT),
            _ => line.split_whitespace().for_each(|word| each(word, tongue, likely)),
        }
    }
}

/// ln of the shares given to words of our own list.
const KEPT: f32 = -17.0;
const OF_THE_TOWN: f32 = -13.0;

/// `F0abaL3baN` is "aba" (F: e^-11) and "ababa" … (see `tools/make_words.py`).
fn front_coded(line: &str, word: &mut String, mut each: impl FnMut(&str, f32)) {
    let mut class = None;
    for c in line.chars() {
        if c.is_ascii_uppercase() {
            if let Some(likely) = class {
                each(word, likely);
            }
            class = Some(-6.5 - f32::from(c as u8 - b'A'));
        } else if let Some(shared) = c.to_digit(10) {
            let end = word.char_indices().nth(shared as usize).map_or(word.len(), |(at, _)| at);
            word.truncate(end);
        } else {
            word.push(c);
        }
    }
    if let Some(likely) = class {
        each(word, likely);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_coded_words_come_out_whole() {
        let mut got = Vec::new();
        front_coded("F0abaL3tirB1ñoA0el", &mut String::new(), |word, likely| {
            got.push((word.to_owned(), likely))
        });
        let expected = [("aba", -11.5), ("abatir", -17.5), ("año", -7.5), ("el", -6.5)];
        assert_eq!(got, expected.map(|(word, likely)| (word.to_owned(), likely)));
    }

    #[test]
    fn the_list_has_the_common_words_of_both_languages() {
        let mut seen = std::collections::HashSet::new();
        read(|word, tongue, _| {
            seen.insert((word.to_owned(), tongue == Tongue::English));
        });
        for word in ["agua", "camión", "calle", "vengan", "niño", "basura", "drenaje", "está"] {
            assert!(seen.contains(&(word.to_owned(), false)), "{word}");
        }
        for word in ["street", "water", "trees", "the"] {
            assert!(seen.contains(&(word.to_owned(), true)), "{word}");
        }
        assert!(seen.len() > 60_000, "{}", seen.len());
    }
}
