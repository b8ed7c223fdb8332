//! The matching copy of a message: what it is compared by. Every reader of this crate begins here, flows and
//! intents use it too. The person's own words stay as they are elsewhere: nothing folded is ever shown.

use std::iter;

use unicode_normalization::UnicodeNormalization;

/// How many visible characters a reader looks at. An answer is short; a pasted document is not an answer.
const LOOKED_AT: usize = 2_000;
/// Longer "words" are compared letter for letter only.
const LONGEST_WORD: usize = 40;

/// The matching copy: NFC, without controls, direction marks and zero-width characters, spaces collapsed and
/// trimmed, in small letters without accents (ñ becomes n). Punctuation and emoji stay.
///
/// ```
/// use ventanilla_values::matching;
/// assert_eq!(matching("  ¿Dónde\u{a0}está la\u{200b} Señora?\n"), "¿donde esta la senora?");
/// ```
pub fn matching(text: &str) -> String {
    fold(text.chars())
}

/// [`matching`] of the beginning: what the readers look at, so that a huge text costs as little as a long one.
pub(crate) fn head(text: &str) -> String {
    fold(text.chars().filter(|c| !is_stripped(*c)).take(LOOKED_AT))
}

/// The folded words of a text: letters and digits, without punctuation and emoji.
///
/// ```
/// use ventanilla_values::words;
/// assert_eq!(words("¡Sí, mañana! (a las 10)"), ["si", "manana", "a", "las", "10"]);
/// ```
pub fn words(text: &str) -> Vec<String> {
    split(&matching(text))
}

/// The words of a text that is folded already.
pub(crate) fn split(folded: &str) -> Vec<String> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Nothing that can be seen: empty, spaces, or invisible characters only.
///
/// ```
/// use ventanilla_values::is_blank;
/// assert!(is_blank(" \u{200f}\u{2060}\n"));
/// assert!(!is_blank("👍"));
/// ```
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_stripped(c) || is_filler(c))
}

/// Whether two folded words are the same but for a slip of the finger: one letter missing, added, wrong or swapped
/// with its neighbour in words of 4 to 7 letters, two in longer ones. Shorter words must be equal: "luz" is not
/// "cruz". The shorter of both counts.
///
/// ```
/// use ventanilla_values::close;
/// assert!(close("bache", "baceh"));
/// assert!(close("alumbrado", "alunbrdo"));
/// assert!(!close("luz", "lux"));
/// ```
pub fn close(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b) = (letters(a), letters(b));
    let allowed = match a.len().min(b.len()) {
        0..=3 => return false,
        4..=7 => 1,
        _ => 2,
    };
    a.len().max(b.len()) <= LONGEST_WORD
        && a.len().abs_diff(b.len()) <= allowed
        && distance(&a, &b) <= allowed
}

fn letters(word: &str) -> Vec<char> {
    word.chars().take(LONGEST_WORD + 1).collect()
}

/// Damerau-Levenshtein distance (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

fn fold(chars: impl Iterator<Item = char>) -> String {
    let composed: Vec<char> = chars.filter(|c| !is_stripped(*c)).nfc().collect();
    let mut out = String::with_capacity(composed.len());
    for (i, c) in composed.iter().enumerate() {
        let neighbours = (i.checked_sub(1).and_then(|i| composed.get(i)), composed.get(i + 1));
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_joiner(*c) || joins_emoji(*c, neighbours) {
            push_folded(*c, &mut out);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Small letter without accent; full-width forms ("１２", "Ａ") become plain.
pub(crate) fn push_folded(c: char, out: &mut String) {
    let plain = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    if plain.is_ascii() {
        out.push(plain.to_ascii_lowercase());
    } else {
        let lower = plain.to_lowercase();
        out.extend(lower.flat_map(|c| iter::once(c).nfd()).filter(|c| !is_accent(*c)));
    }
}

pub(crate) fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Controls but for tab and line ends, direction marks, zero-width characters.
pub(crate) fn is_stripped(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'
        | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{61C}'
        | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Zero-width joiner and emoji style: part of an emoji, noise in a word.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200D}' | '\u{FE0F}')
}

fn joins_emoji(joiner: char, (left, right): (Option<&char>, Option<&char>)) -> bool {
    let of_emoji =
        |c: Option<&char>| c.is_some_and(|c| !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace());
    of_emoji(left) && (joiner == '\u{FE0F}' || of_emoji(right))
}

/// Characters that draw nothing though they are not spaces: soft hyphen, joiners, fillers, tags.
fn is_filler(c: char) -> bool {
    is_joiner(c)
        || is_accent(c)
        || matches!(c,
            '\u{80}'..='\u{9F}' | '\u{AD}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180E}'
            | '\u{200C}' | '\u{2061}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0E}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accents_case_and_invisible_marks_do_not_matter() {
        assert_eq!(matching("CAMIÓN"), "camion");
        assert_eq!(matching("camio\u{301}n"), "camion", "decomposed");
        assert_eq!(matching("\u{202e}ni\u{200b}ño\u{2069}"), "nino");
        assert_eq!(matching("a\u{a0}\t\r\n b"), "a b");
        assert_eq!(matching("ＰＣ－１２"), "pc-12");
        assert_eq!(matching("a\u{200d}b"), "ab");
        assert_eq!(matching("😀a\u{301}"), "😀a");
    }

    #[test]
    fn emoji_stay_whole() {
        assert_eq!(matching("👨‍👩‍👧 ok"), "👨‍👩‍👧 ok");
        assert_eq!(matching("❤️"), "❤️");
    }

    #[test]
    fn words_leave_punctuation_out() {
        assert_eq!(words("No, gracias... ¡adiós!"), ["no", "gracias", "adios"]);
        assert_eq!(words("2️⃣"), ["2"]);
        assert!(words("👍 ¿?").is_empty());
    }

    #[test]
    fn blank_is_what_shows_nothing() {
        for blank in ["", "  \n", "\u{200b}\u{feff}", "\u{3164}", "\u{fe0f}", "\u{2800}"] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for seen in [".", "👍", " a "] {
            assert!(!is_blank(seen), "{seen:?}");
        }
    }

    #[test]
    fn a_slip_of_the_finger_is_forgiven_and_another_word_is_not() {
        for (a, b) in [("bache", "vache"), ("fuga", "fuag"), ("basura", "basurra"), ("semaforo", "semafro")] {
            assert!(close(a, b), "{a} {b}");
        }
        for (a, b) in [("si", "no"), ("luz", "cruz"), ("sol", "son"), ("basura", "pastura"), ("agua", "")] {
            assert!(!close(a, b), "{a} {b}");
        }
    }

    #[test]
    fn four_megabytes_are_looked_at_only_at_their_beginning() {
        let huge = "e\u{301}".repeat(1_400_000);
        assert_eq!(head(&huge).chars().count(), LOOKED_AT / 2);
        assert!(!close(&huge, "agua"));
    }

    proptest! {
        #[test]
        fn folding_is_stable(text in any::<String>()) {
            let once = matching(&text);
            prop_assert_eq!(matching(&once), once.clone());
            prop_assert!(once.trim() == once);
            let _ = (words(&text), is_blank(&text));
        }

        #[test]
        fn closeness_has_no_direction(a in "\\PC{0,12}", b in "\\PC{0,12}") {
            prop_assert_eq!(close(&a, &b), close(&b, &a));
            prop_assert!(close(&a, &a));
        }
    }
}
